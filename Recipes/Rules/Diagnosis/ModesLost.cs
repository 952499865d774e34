using System.Text.Json.Nodes;

namespace DistGan.Recipes;

/// <summary>Solid modes or coverage are under 60 % of their best so far, or more than a fifth of the generated images are duplicates.</summary>
/// <remarks>
/// Plain modes count where there are no solid ones: a single stray sample makes such a mode, and its absence is no loss. Solid ones count once half
/// of the modes were solid: until samples settle, they come and go.
/// </remarks>
internal sealed class ModesLost : ISymptom
{
    private const double Share = 0.6;
    private const double Duplicates = 0.2;

    /// <summary>Too few to speak of a loss.</summary>
    private static readonly Dictionary<string, double> Floors = new() { [MetricNames.SolidModes] = 3, [MetricNames.Modes] = 3, [MetricNames.Coverage] = 0.1 };

    private readonly Dictionary<string, double> _best = [];

    public string Name => "modes-lost";

    public string Meaning => "The generator makes less of the variety of the data than before";

    public int Reports => 2;

    public string Unit => "evaluations";

    public IReadOnlyList<string> Keys =>
        ["techniques.mode-champions={}", "techniques.experience-replay={}", "objective=wgan-gp", "techniques.packing={}", "techniques.unrolling={}", "generator.optimizer.rate"];

    public bool? Shows(ReportValues values)
    {
        bool? shows = null;
        foreach (var name in Floors.Keys.Where(name => values[name] is not null))
        {
            _best[name] = Math.Max(values[name]!.Value, _best.GetValueOrDefault(name));
        }

        foreach (var (name, floor) in Floors)
        {
            if (values[name] is { } score && Counts(name, values))
            {
                var best = _best[name];
                var isLow = best >= floor && score < Share * best;
                shows = Add(values, shows, name, score, isLow);
                if (isLow)
                {
                    values.Tell($"best_{name}", best);
                }
            }
        }

        return values[MetricNames.DuplicateShare] is { } duplicates ? Add(values, shows, MetricNames.DuplicateShare, duplicates, duplicates > Duplicates) : shows;
    }

    public JsonNode Capture() => new JsonObject(_best.Select(static best => KeyValuePair.Create(best.Key, (JsonNode?)best.Value)));

    public void Restore(JsonNode memory)
    {
        _best.Clear();
        foreach (var (name, best) in memory.AsObject())
        {
            _best[name] = best!.GetValue<double>();
        }
    }

    private bool Counts(string name, ReportValues values) => name switch
    {
        MetricNames.Modes => values[MetricNames.SolidModes] is null,
        MetricNames.SolidModes => 2 * _best[name] >= _best.GetValueOrDefault(MetricNames.Modes),
        _ => true,
    };

    private static bool Add(ReportValues values, bool? before, string name, double score, bool isLow)
    {
        if (isLow)
        {
            values.Tell(name, score);
        }

        return isLow || before is true;
    }
}
