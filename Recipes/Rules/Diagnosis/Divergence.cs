using System.Text.Json.Nodes;

namespace DistGan.Recipes;

/// <summary>The size of a loss is more than 10 times its own median, which counts as at least 1.</summary>
/// <remarks>Where there are no accuracies, L_G is a score without a zero of its own that may drift; then only L_D counts.</remarks>
internal sealed class Divergence : ISymptom
{
    private const double Times = 10;
    private readonly RunningMedian _ofDiscriminator = new();
    private readonly RunningMedian _ofGenerator = new();

    public string Name => "divergence";

    public string Meaning => "A loss grows out of all proportion";

    public int Reports => 3;

    public IReadOnlyList<string> Keys => ["discriminator.optimizer.rate", "generator.optimizer.rate", "techniques.spectral-normalization={}", "techniques.r1={}", "objective=hinge", "on-divergence"];

    public bool? Shows(ReportValues values)
    {
        var ofDiscriminator = Grows(MetricNames.DiscriminatorLoss, _ofDiscriminator, values);
        var ofGenerator = values[MetricNames.RealAccuracy] is null ? null : Grows(MetricNames.GeneratorLoss, _ofGenerator, values);
        return ofDiscriminator is true || ofGenerator is true ? true : ofDiscriminator ?? ofGenerator;
    }

    public JsonNode Capture() => new JsonArray(_ofDiscriminator.Capture(), _ofGenerator.Capture());

    public void Restore(JsonNode memory)
    {
        _ofDiscriminator.Restore(memory[0]);
        _ofGenerator.Restore(memory[1]);
    }

    private static bool? Grows(string name, RunningMedian sizes, ReportValues values)
    {
        if (values[name] is not { } loss)
        {
            return null;
        }

        if (sizes.Value is { } usual && Math.Abs(loss) > Times * Math.Max(1, usual))
        {
            values.Tell(name, loss);
            values.Tell($"usual_{name}", usual);
            return true;
        }

        sizes.Add(Math.Abs(loss));
        return false;
    }
}
