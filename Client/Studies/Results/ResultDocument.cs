using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Runs.Contents;
using DistGan.Recipes;

namespace DistGan.Client.Studies.Results;

/// <summary>results.json, which is also what <c>-o json</c> prints.</summary>
public static class ResultDocument
{
    public const string Schema = "distgan.study/1";

    public static JsonObject Of(StudyResults results)
    {
        var plan = results.Plan;
        return new()
        {
            ["schema"] = Schema,
            ["id"] = plan.Id,
            ["kind"] = plan.Kind,
            ["command"] = plan.Command,
            ["created"] = plan.Created.UtcDateTime,
            ["recipe"] = plan.Recipe,
            ["baseline"] = plan.Baseline,
            ["finished"] = results.IsFinished,
            ["best"] = results.Best()?.Configuration.Name,
            ["configurations"] = new JsonArray([.. results.Configurations.Select(static configuration => (JsonNode)Of(configuration))]),
            ["skipped"] = new JsonArray([.. plan.Skipped.Select(static skipped => (JsonNode)new JsonObject { ["name"] = skipped.Name, ["reason"] = skipped.Reason })]),
        };
    }

    private static JsonObject Of(ConfigurationResult configuration) => new()
    {
        ["name"] = configuration.Configuration.Name,
        ["overrides"] = new JsonArray([.. configuration.Configuration.Overrides.Select(static text => (JsonNode)text)]),
        ["seeds"] = configuration.Runs.Count,
        ["completed"] = configuration.Completed.Count,
        ["seconds"] = Of(configuration.Seconds),
        ["scores"] = new JsonObject(configuration.Scores.Select(static score => KeyValuePair.Create<string, JsonNode?>(score.Name, Of(score)))),
        ["runs"] = new JsonArray([.. configuration.Runs.Select(static run => (JsonNode)Of(run))]),
    };

    private static JsonObject Of(ScoreResult score) => new()
    {
        ["lower_is_better"] = MetricDirections.Of(score.Name),
        ["final"] = Of(score.Final),
        ["best"] = Of(score.Best),
        ["final_effect"] = Of(score.FinalEffect),
        ["best_effect"] = Of(score.BestEffect),
    };

    internal static JsonObject Of(Moments moments) => new()
    {
        ["mean"] = JsonOutput.Number(moments.Mean),
        ["standard_deviation"] = JsonOutput.Number(moments.Deviation),
        ["count"] = moments.Count,
    };

    private static JsonObject? Of(Effect? effect) => effect is null ? null : new()
    {
        ["difference"] = JsonOutput.Number(effect.Difference),
        ["standard_error"] = JsonOutput.Number(effect.StandardError),
        ["pairs"] = effect.Pairs,
    };

    private static JsonObject Of(RunResult run) => new()
    {
        ["name"] = run.Run.Name,
        ["seed"] = run.Run.Seed,
        ["state"] = run.State.ToString().ToLowerInvariant(),
        ["steps"] = run.Steps,
        ["seconds"] = JsonOutput.Number(run.Seconds),
        ["scores"] = new JsonObject(run.Scores.Select(static score => KeyValuePair.Create<string, JsonNode?>(score.Name, Of(score)))),
        ["failure"] = run.Failure,
        ["command"] = run.Run.Command,
    };

    private static JsonObject Of(ScoreFacts score) => new()
    {
        ["final"] = JsonOutput.Number(score.Last),
        ["final_step"] = score.LastStep,
        ["best"] = JsonOutput.Number(score.Best),
        ["best_step"] = score.BestStep,
    };
}
