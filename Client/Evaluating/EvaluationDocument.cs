using System.Text.Json;
using System.Text.Json.Nodes;
using DistGan.Client.Champions;
using DistGan.Client.CommandLine;
using DistGan.Worker.Replicas;

namespace DistGan.Client.Evaluating;

/// <summary>A result as JSON, for standard output and for evaluation.jsonl.</summary>
public static class EvaluationDocument
{
    private const string Schema = "distgan.evaluation/1";

    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>What <c>-o json</c> prints.</summary>
    public static JsonObject Of(EvaluationResult result, string shownFolder)
    {
        ArgumentNullException.ThrowIfNull(result);
        var manifest = result.Run.Manifest;
        var document = new JsonObject
        {
            ["schema"] = Schema,
            ["run"] = shownFolder,
            ["job"] = manifest.Job,
            ["replica"] = manifest.Replica,
            ["epoch"] = manifest.Epoch,
            ["step"] = manifest.Step,
            ["images"] = manifest.Images,
            ["weights_sha256"] = result.Run.WeightsSha256(),
            ["data_fingerprint"] = result.DataFingerprint,
            ["samples"] = result.Samples,
            ["draws"] = result.Draws,
            ["seed"] = result.Seed,
            ["scores"] = Intervals(result.Scores),
            ["floor"] = result.Floor.Count == 0 ? null : Intervals(result.Floor),
            ["no_floor"] = result.NoFloor,
            ["provenance"] = Provenance(result),
        };
        if (result.LabelCounts is { } counts)
        {
            document["labels"] = new JsonArray([.. counts.Select((count, label) => Label(label, result.Run.Labels?.Names.ElementAtOrDefault(label), count))]);
        }

        if (result.Champions is { } champions)
        {
            document.Remove("weights_sha256");
            document["champions"] = new JsonArray([.. champions.Select(Champion)]);
        }

        return document;
    }

    private static JsonNode Label(int label, string? name, long count) => new JsonObject { ["label"] = label, ["name"] = name, ["samples"] = count };

    private static JsonNode Champion(ChampionScores champion) => new JsonObject
    {
        ["mode"] = champion.Champion.Mode,
        ["replica"] = champion.Champion.Replica,
        ["step"] = champion.Champion.Step,
        ["quality"] = JsonOutput.Number(champion.Champion.Quality),
        ["standard_error"] = JsonOutput.Number(champion.Champion.StandardError),
        ["weights_sha256"] = champion.Champion.Sha256,
        ["count"] = champion.Part?.Count ?? 0,
        ["acceptance"] = JsonOutput.Number(champion.Part?.Acceptance),
        ["alone"] = new JsonObject([.. champion.Alone.Select(static score => KeyValuePair.Create(score.Key, JsonOutput.Number(score.Value)))]),
    };

    /// <summary>The same as an evaluation of the run: means as scores; the rest in the provenance.</summary>
    public static Evaluation Line(EvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var provenance = Provenance(result);
        provenance["snapshot"] = new JsonObject
        {
            ["weights_sha256"] = result.Run.WeightsSha256(),
            ["data_fingerprint"] = result.DataFingerprint,
            ["draws"] = result.Draws,
            ["deviations"] = Numbers(result.Scores, static interval => interval.Deviation),
            ["floor"] = result.Floor.Count == 0 ? null : Numbers(result.Floor, static interval => interval.Mean),
        };
        return new Evaluation(result.Scores.ToDictionary(static score => score.Key, static score => score.Value.Mean), First: null, provenance);
    }

    private static JsonObject Provenance(EvaluationResult result)
        => new([.. result.Provenance.Select(entry => KeyValuePair.Create(entry.Key, JsonSerializer.SerializeToNode(entry.Value, SnakeCase)))]);

    private static JsonObject Intervals(IReadOnlyDictionary<string, ScoreInterval> scores)
        => new([.. scores.Select(static score => KeyValuePair.Create(score.Key, (JsonNode?)new JsonObject
        {
            ["mean"] = JsonOutput.Number(score.Value.Mean),
            ["sd"] = JsonOutput.Number(score.Value.Deviation),
            ["draws"] = new JsonArray([.. score.Value.Values.Select(static value => JsonOutput.Number(value))]),
        }))]);

    private static JsonObject Numbers(IReadOnlyDictionary<string, ScoreInterval> scores, Func<ScoreInterval, double?> number)
        => new([.. scores.Select(score => KeyValuePair.Create(score.Key, JsonOutput.Number(number(score.Value))))]);
}
