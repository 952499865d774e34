namespace DistGan.Recipes;

/// <summary>Both accuracies of D are at least 0.99.</summary>
internal sealed class DiscriminatorOverpowers : ISymptom
{
    private const double Perfect = 0.99;

    public string Name => "discriminator-overpowers";

    public string Meaning => "The discriminator is right about nearly every image";

    public int Reports => 5;

    public IReadOnlyList<string> Keys =>
        ["balance=accuracy-gate", "techniques.r1={}", "techniques.spectral-normalization={}", "techniques.diffaugment={}", "techniques.label-smoothing={}", "discriminator.optimizer.rate"];

    public bool? Shows(ReportValues values)
    {
        if (values.Pair(MetricNames.RealAccuracy, MetricNames.FakeAccuracy) is not var (real, fake))
        {
            return null;
        }

        values.Tell(MetricNames.RealAccuracy, real);
        values.Tell(MetricNames.FakeAccuracy, fake);
        return Math.Min(real, fake) >= Perfect;
    }
}
