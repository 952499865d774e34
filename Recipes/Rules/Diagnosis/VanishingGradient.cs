using System.Text.Json.Nodes;

namespace DistGan.Recipes;

/// <summary>
/// ‖∇L_G‖ is under 5 % of its own median, or under 10⁻⁴, while both accuracies of D are at least 0.98: D is so sure that G learns
/// nothing from it.
/// </summary>
internal sealed class VanishingGradient : ISymptom
{
    private const double Share = 0.05;
    private const double Nothing = 1e-4;
    private const double Saturated = 0.98;
    private readonly RunningMedian _usual = new();

    public string Name => "vanishing-gradient";

    public string Meaning => "The generator hardly gets a gradient, because the discriminator is sure of every image";

    public int Reports => 3;

    public IReadOnlyList<string> Keys =>
        ["objective=wgan-gp", "techniques.r1={}", "techniques.spectral-normalization={}", "techniques.label-smoothing={}", "balance=accuracy-gate", "discriminator.optimizer.rate"];

    public bool? Shows(ReportValues values)
    {
        if (values[MetricNames.GeneratorGradientNorm] is not { } norm || values.Pair(MetricNames.RealAccuracy, MetricNames.FakeAccuracy) is not var (real, fake))
        {
            return null;
        }

        var usual = _usual.Value;
        if (Math.Min(real, fake) >= Saturated && (norm < Nothing || norm < Share * usual))
        {
            // Not added: what has vanished must not become the usual.
            values.Tell(MetricNames.GeneratorGradientNorm, norm);
            values.Tell(MetricNames.RealAccuracy, real);
            values.Tell(MetricNames.FakeAccuracy, fake);
            if (usual is { } before)
            {
                values.Tell("usual_g_grad_norm", before);
            }

            return true;
        }

        _usual.Add(norm);
        return false;
    }

    public JsonNode Capture() => _usual.Capture();

    public void Restore(JsonNode memory) => _usual.Restore(memory);
}
