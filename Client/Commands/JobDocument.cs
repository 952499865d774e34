using System.Globalization;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Commands;

/// <summary>A job of a cluster as JSON.</summary>
internal static class JobDocument
{
    private const string Schema = "distgan.job/1";

    /// <summary>The document of one job.</summary>
    public static JsonObject Whole(JobSummary job)
    {
        var document = Of(job);
        document.Insert(0, "schema", Schema);
        return document;
    }

    /// <summary>The same without a schema, as an entry of a list.</summary>
    public static JsonObject Of(JobSummary job) => new()
    {
        ["job"] = job.Job.Value,
        ["state"] = job.State.ToString().ToLowerInvariant(),
        ["failure"] = job.Failure,
        ["steps"] = job.Steps,
        ["images"] = job.Images,
        ["seconds"] = JsonOutput.Number(job.Seconds),
        ["images_per_second"] = JsonOutput.Number(job.ImagesPerSecond),
        ["scores"] = Numbers(job.Scores),
        ["best_replica"] = job.BestReplica,
        ["replicas"] = new JsonArray([.. job.Replicas.Select(static replica => (JsonNode)new JsonObject
        {
            ["replica"] = replica.Replica,
            ["outcome"] = replica.Outcome?.ToString().ToLowerInvariant(),
            ["waiting"] = replica.Waiting,
            ["steps"] = replica.Step,
            ["images"] = replica.Images,
            ["seconds"] = JsonOutput.Number(replica.Seconds),
            ["scores"] = Numbers(replica.Scores),
            ["overrides"] = Values(replica.Overrides),
            ["failure"] = replica.Failure,
        })]),
        ["folder"] = job.Folder,
        ["files"] = new JsonObject(job.Files.OrderBy(static file => file.Key, StringComparer.Ordinal).Select(static file => KeyValuePair.Create(file.Key, (JsonNode?)file.Value))),
    };

    /// <summary>Values of a recipe: numbers as numbers.</summary>
    private static JsonObject Values(IReadOnlyDictionary<string, string> values)
        => new(values.OrderBy(static value => value.Key, StringComparer.Ordinal).Select(static value => KeyValuePair.Create(
            value.Key, double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonOutput.Number(number) : JsonValue.Create(value.Value))));

    private static JsonObject Numbers(IReadOnlyDictionary<string, double> values)
        => new(values.OrderBy(static value => value.Key, StringComparer.Ordinal).Select(static value => KeyValuePair.Create(value.Key, JsonOutput.Number(value.Value))));
}
