using System.Text.Json.Nodes;

namespace DistGan.Recipes;

/// <summary>
/// The diversity of generated samples, as a share of that of real ones, is under 40 % of its own median, or under 0.01, or under 0.1
/// and not growing by a tenth a report.
/// </summary>
internal sealed class ModeCollapse : ISymptom
{
    private const double Share = 0.4;
    private const double Least = 0.1;
    private const double Nothing = 0.01;
    private const double Growth = 1.1;
    private readonly RunningMedian _usual = new();
    private double _before;

    public string Name => "mode-collapse";

    public string Meaning => "The generated images are nearly the same";

    public int Reports => 3;

    public IReadOnlyList<string> Keys =>
    [
        "objective=wgan-gp", "techniques.spectral-normalization={}", "techniques.packing={}", "techniques.r1={}", "techniques.feature-matching={}",
        "techniques.minibatch-discrimination={}", "techniques.virtual-batch-normalization={}", "techniques.unrolling={}", "discriminator.optimizer.rate", "generator.optimizer.rate",
    ];

    public bool? Shows(ReportValues values)
    {
        if (values[MetricNames.SampleDiversity] is not { } diversity)
        {
            return null;
        }

        var isGrowing = diversity > Growth * _before;
        _before = diversity;
        values.Tell(MetricNames.SampleDiversity, diversity);
        if (_usual.Value is { } usual && diversity < Share * usual)
        {
            values.Tell("usual_sample_diversity", usual);
            return true;
        }

        _usual.Add(diversity);
        return diversity < Nothing || (diversity < Least && !isGrowing);
    }

    public JsonNode Capture() => new JsonArray(_usual.Capture(), _before);

    public void Restore(JsonNode memory)
    {
        _usual.Restore(memory[0]);
        _before = memory[1]!.GetValue<double>();
    }
}
