using System.Text.Json.Nodes;

namespace DistGan.Recipes;

/// <summary>
/// The mean of D's accuracies is at most 0.55, D scores generated images above real ones by 0.05 at least, and either its accuracy on
/// real images is under 0.5 or that advantage of G has grown since the report before.
/// </summary>
/// <remarks>Accuracies near 0.5 and scores that hardly differ are what a good generator leads to; scores that are the wrong way round for long are not.</remarks>
internal sealed class DiscriminatorStarves : ISymptom
{
    private const double Guessing = 0.55;
    private const double Chance = 0.5;
    private const double Difference = 0.05;
    private double? _before;

    public string Name => "discriminator-starves";

    public string Meaning => "The discriminator cannot keep up: it takes generated images for real more than real ones";

    public int Reports => 5;

    public IReadOnlyList<string> Keys => ["balance=accuracy-gate", "balance.discriminator", "discriminator.optimizer.rate", "discriminator.width", "generator.optimizer.rate"];

    public bool? Shows(ReportValues values)
    {
        if (values.Pair(MetricNames.RealAccuracy, MetricNames.FakeAccuracy) is not var (real, fake)
            || values.Pair(MetricNames.RealScore, MetricNames.FakeScore) is not var (realScore, fakeScore))
        {
            return null;
        }

        var advantage = fakeScore - realScore;
        var isGrowing = advantage > _before;
        _before = advantage;
        values.Tell(MetricNames.RealAccuracy, real);
        values.Tell(MetricNames.FakeAccuracy, fake);
        values.Tell(MetricNames.RealScore, realScore);
        values.Tell(MetricNames.FakeScore, fakeScore);
        return (real + fake) / 2 <= Guessing && advantage >= Difference && (real < Chance || isGrowing);
    }

    public JsonNode? Capture() => _before is { } before ? JsonValue.Create(before) : null;

    public void Restore(JsonNode memory) => _before = memory.GetValue<double>();
}
