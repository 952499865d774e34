using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Client.Runs.Contents;

namespace DistGan.Client.Commands;

/// <summary>A run as JSON.</summary>
internal static class RunDocument
{
    /// <summary>What a list tells of it.</summary>
    public static JsonObject Of(RunFacts facts) => new()
    {
        ["name"] = facts.Name,
        ["folder"] = CommandForm.PathOf(facts.Place, Environment.CurrentDirectory),
        ["state"] = facts.StateName,
        ["failure"] = facts.Failure,
        ["steps"] = facts.Steps,
        ["budget_steps"] = facts.Budget,
        ["images"] = facts.Images,
        ["seconds"] = JsonOutput.Number(facts.Seconds),
        ["images_per_second"] = JsonOutput.Number(facts.ImagesPerSecond),
        ["replicas"] = facts.Replicas,
        ["snapshot_step"] = facts.Snapshot,
        ["bytes"] = facts.Bytes,
        ["updated"] = facts.Updated.UtcDateTime,
        ["scores"] = new JsonArray([.. facts.Scores.Select(static score => (JsonNode)new JsonObject
        {
            ["name"] = score.Name,
            ["last"] = JsonOutput.Number(score.Last),
            ["last_step"] = score.LastStep,
            ["best"] = JsonOutput.Number(score.Best),
            ["best_step"] = score.BestStep,
            ["comparable_with"] = Key(score.Key),
        })]),
        ["evaluated"] = new JsonArray([.. facts.Evaluated.Select(static score => (JsonNode)new JsonObject
        {
            ["name"] = score.Name,
            ["value"] = JsonOutput.Number(score.Value),
            ["replica"] = score.Replica,
            ["step"] = score.Step,
            ["comparable_with"] = Key(score.Key),
        })]),
    };

    private static JsonObject Key(ScoreKey key) => new()
    {
        ["feature_network"] = key.FeatureNetwork,
        ["feature_hash"] = key.FeatureHash,
        ["resize"] = key.Resize,
        ["reference"] = key.Reference,
        ["reference_samples"] = key.ReferenceSamples,
        ["samples"] = key.Samples,
    };
}
