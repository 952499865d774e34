using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Runs.Contents;
using DistGan.Client.Studies.Running;

namespace DistGan.Client.Studies.Results;

/// <summary>How soon each configuration of a study reached a goal.</summary>
public sealed class Arrivals
{
    private readonly IReadOnlyList<(ConfigurationResult Configuration, IReadOnlyList<Arrival> Reached)> _rows;

    private Arrivals(Goal goal, IReadOnlyList<(ConfigurationResult, IReadOnlyList<Arrival>)> rows) => (Goal, _rows) = (goal, rows);

    public Goal Goal { get; }

    /// <summary>Headings; a '#' before one says that its cells are numbers.</summary>
    public IReadOnlyList<string> Headings => [Goal.Text, "#steps", "#time", "#seeds"];

    /// <summary>A row a configuration; steps and time of the seeds that reached it.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => [.. _rows.Select(static row => (IReadOnlyList<string>)
    [
        row.Configuration.Configuration.Name,
        ResultTable.WithSpread(StepsOf(row.Reached)),
        SecondsOf(row.Reached).Mean is { } seconds ? Text.Duration(TimeSpan.FromSeconds(seconds)) : Text.None,
        ResultTable.Seeds(row.Reached.Count, row.Configuration.Completed.Count),
    ])];

    /// <summary>Reads the completed runs of a study.</summary>
    /// <exception cref="CommandException">No run has such a score.</exception>
    public static Arrivals Read(StudyFolder folder, StudyResults results, Goal goal)
    {
        if (results.ScoreNames.Count > 0 && !results.ScoreNames.Contains(goal.Score))
        {
            throw new CommandException(ExitCodes.Usage, $"--reach {goal.Score}: the runs of {folder.Id} have no such score; they have {string.Join(", ", results.ScoreNames)}.");
        }

        return new(goal, [.. results.Configurations.Select(configuration => (configuration, (IReadOnlyList<Arrival>)
            [.. configuration.Completed.Select(run => Arrival.Of(goal, RunContents.Read(folder.RunPath(run.Run.Name)))).OfType<Arrival>()]))]);
    }

    /// <summary>As a part of a document.</summary>
    public JsonObject ToJson() => new()
    {
        ["score"] = Goal.Score,
        ["value"] = Goal.Value,
        ["configurations"] = new JsonArray([.. _rows.Select(static row => (JsonNode)new JsonObject
        {
            ["name"] = row.Configuration.Configuration.Name,
            ["reached"] = row.Reached.Count,
            ["completed"] = row.Configuration.Completed.Count,
            ["steps"] = ResultDocument.Of(StepsOf(row.Reached)),
            ["seconds"] = ResultDocument.Of(SecondsOf(row.Reached)),
        })]),
    };

    private static Moments StepsOf(IReadOnlyList<Arrival> arrivals) => Moments.Of([.. arrivals.Select(static arrival => (double)arrival.Step)]);

    private static Moments SecondsOf(IReadOnlyList<Arrival> arrivals) => Moments.Of([.. arrivals.Select(static arrival => arrival.Seconds).OfType<double>()]);
}
