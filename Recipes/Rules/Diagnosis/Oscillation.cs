using System.Text.Json.Nodes;

namespace DistGan.Recipes;

/// <summary>
/// In the newest 13 reports a loss turned at least 9 times, its mean swing grew from each third to the next by 30 % at least, and the
/// last swings are more than half of the largest usual size that it has had.
/// </summary>
/// <remarks>The largest, because a Wasserstein loss nears 0 as training settles, and beside 0 any swing is large.</remarks>
internal sealed class Oscillation : ISymptom
{
    private const int Swings = 12;
    private const int Third = Swings / 3;
    private const int Turns = 9;
    private const double Growth = 1.3;
    private const double Large = 0.5;

    /// <summary>The loss of one or two batches goes to and fro by chance.</summary>
    private const int LeastSteps = 3;

    private readonly Dictionary<string, Queue<double>> _losses = new() { [MetricNames.DiscriminatorLoss] = [], [MetricNames.GeneratorLoss] = [] };

    private readonly Dictionary<string, double> _usual = [];

    public string Name => "oscillation";

    public string Meaning => "A loss swings, wider and wider";

    public int Reports => 1;

    public IReadOnlyList<string> Keys =>
        ["techniques.r1={}", "techniques.historical-averaging={}", "generator.optimizer.rate", "discriminator.optimizer.rate", "generator.optimizer.beta1", "techniques.ema={}"];

    public bool? Shows(ReportValues values)
    {
        if (values.Steps < LeastSteps)
        {
            return null;
        }

        bool? shows = null;
        foreach (var (name, losses) in _losses)
        {
            if (values[name] is { } loss)
            {
                losses.Enqueue(loss);
                shows = (losses.Count > Swings && Swinging(name, [.. losses], values)) || shows is true;
                while (losses.Count > Swings)
                {
                    _ = losses.Dequeue();
                }
            }
        }

        return shows;
    }

    public JsonNode Capture() => new JsonObject(_losses
        .Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonNumbers.Of(pair.Value)))
        .Concat(_usual.Select(static pair => KeyValuePair.Create(UsualOf(pair.Key), (JsonNode?)pair.Value))));

    public void Restore(JsonNode memory)
    {
        foreach (var (name, losses) in _losses)
        {
            JsonNumbers.Fill(losses, memory[name]);
            _usual[name] = memory[UsualOf(name)]?.GetValue<double>() ?? 0;
        }
    }

    private static string UsualOf(string name) => $"{name}_usual";

    private bool Swinging(string name, double[] losses, ReportValues values)
    {
        var swings = losses.Zip(losses.Skip(1), static (before, after) => after - before).ToArray();
        var turns = swings.Zip(swings.Skip(1), static (before, after) => before * after < 0 ? 1 : 0).Sum();
        var widths = swings.Chunk(Third).Select(static third => third.Average(Math.Abs)).ToArray();
        var usual = _usual[name] = Math.Max(losses.Select(Math.Abs).Order().ElementAt(losses.Length / 2), _usual.GetValueOrDefault(name));
        if (turns < Turns || widths[1] < Growth * widths[0] || widths[2] < Growth * widths[1] || widths[2] < Large * usual)
        {
            return false;
        }

        values.Tell(name, losses[^1]);
        values.Tell($"{name}_turns", turns);
        values.Tell($"{name}_swing_before", widths[0]);
        values.Tell($"{name}_swing", widths[2]);
        return true;
    }
}
