namespace DistGan.Recipes;

/// <summary>‖∇L_G‖ is under 5 % of its own median while both accuracies of D are at least 0.98: D is so sure that G learns nothing from it.</summary>
internal sealed class VanishingGradient : ISymptom
{
    private const double Share = 0.05;
    private const double Saturated = 0.98;
    private readonly RunningMedian _usual = new();

    public string Name => "vanishing-gradient";

    public string Meaning => "The generator hardly gets a gradient, because the discriminator is sure of every image";

    public int Reports => 3;

    public IReadOnlyList<string> Keys => ["objective", "techniques.label-smoothing", "discriminator.optimizer.rate", "balance"];

    public bool? Shows(ReportValues values)
    {
        if (values[MetricNames.GeneratorGradientNorm] is not { } norm || values.Pair(MetricNames.RealAccuracy, MetricNames.FakeAccuracy) is not var (real, fake))
        {
            return null;
        }

        if (_usual.Value is { } usual && norm < Share * usual && Math.Min(real, fake) >= Saturated)
        {
            // Not added: what has vanished must not become the usual.
            values.Tell(MetricNames.GeneratorGradientNorm, norm);
            values.Tell("usual_g_grad_norm", usual);
            values.Tell(MetricNames.RealAccuracy, real);
            values.Tell(MetricNames.FakeAccuracy, fake);
            return true;
        }

        _usual.Add(norm);
        return false;
    }
}
