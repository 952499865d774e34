using System.Globalization;
using System.Text.Json.Nodes;

namespace DistGan.Recipes;

/// <summary>
/// Recognises training that goes wrong from the values of its reports. Each symptom has an episode: it begins when the symptom has
/// shown in so many reports in a row, is told then and only then, and ends when it has been absent from as many again.
/// </summary>
/// <remarks>A report without the values that a symptom needs leaves its episode as it is. Costs a few comparisons a round.</remarks>
public sealed class DiagnosisRule
{
    private readonly (ISymptom Symptom, Episode Episode)[] _ofRounds = With(
        new VanishingGradient(), new DiscriminatorOverpowers(), new DiscriminatorStarves(), new ModeCollapse(), new Oscillation(), new Divergence());

    private readonly (ISymptom Symptom, Episode Episode)[] _ofScores = With(new ModesLost());

    /// <summary>What begins with the report of a round.</summary>
    /// <param name="values">Means over the round by metric name.</param>
    /// <param name="steps">Steps of the round; many where it is not said.</param>
    public IReadOnlyList<DiagnosisFinding> ObserveRound(IReadOnlyDictionary<string, double> values, long steps = long.MaxValue) => Observe(_ofRounds, values, steps);

    /// <summary>What begins with the scores of an evaluation.</summary>
    public IReadOnlyList<DiagnosisFinding> ObserveScores(IReadOnlyDictionary<string, double> scores) => Observe(_ofScores, scores, long.MaxValue);

    /// <summary>The names of all findings, with the keys that each advises.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Advice { get; }
        = new DiagnosisRule().All.ToDictionary(static pair => pair.Symptom.Name, static pair => pair.Symptom.Keys);

    private IEnumerable<(ISymptom Symptom, Episode Episode)> All => _ofRounds.Concat(_ofScores);

    /// <summary>What has been seen so far: open episodes, medians, bests.</summary>
    public JsonObject Capture() => new(All.Select(static pair => KeyValuePair.Create(
        pair.Symptom.Name, (JsonNode?)new JsonObject { ["episode"] = pair.Episode.Capture(), ["memory"] = pair.Symptom.Capture() })));

    /// <summary>Goes on from what <see cref="Capture"/> gave; a symptom that is missing there begins anew.</summary>
    public void Restore(JsonObject state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var (symptom, episode) in All)
        {
            if (state[symptom.Name] is not { } seen)
            {
                continue;
            }

            episode.Restore(seen["episode"]!.AsArray());
            if (seen["memory"] is { } memory)
            {
                symptom.Restore(memory);
            }
        }
    }

    private static (ISymptom Symptom, Episode Episode)[] With(params ISymptom[] symptoms)
        => [.. symptoms.Select(static symptom => (symptom, new Episode(symptom.Reports)))];

    private static List<DiagnosisFinding> Observe((ISymptom Symptom, Episode Episode)[] symptoms, IReadOnlyDictionary<string, double> values, long steps)
    {
        List<DiagnosisFinding> findings = [];
        foreach (var (symptom, episode) in symptoms)
        {
            var evidence = new Dictionary<string, double>();
            if (symptom.Shows(new ReportValues(values, evidence, steps)) is { } shows && episode.Begins(shows))
            {
                findings.Add(new(symptom.Name, Text(symptom, evidence), evidence, symptom.Keys));
            }
        }

        return findings;
    }

    private static string Text(ISymptom symptom, Dictionary<string, double> evidence)
    {
        var numbers = string.Join(", ", evidence.Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:0.####}")));
        return $"{symptom.Meaning} ({numbers}{(symptom.Reports > 1 ? $"; {symptom.Reports} {symptom.Unit} in a row" : "")}). What usually helps: {string.Join(", ", symptom.Keys.Select(static key => key.Contains('=') ? key : $"another {key}"))}.";
    }
}
