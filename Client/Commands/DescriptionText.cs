using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.Client.Runs.Catalog;
using DistGan.Client.Runs.Contents;
using DistGan.Recipes;

namespace DistGan.Client.Commands;

/// <summary>A run for a person, on one screen.</summary>
internal sealed class DescriptionText(RunDescription description, DateTimeOffset now)
{
    private const int LeastWidth = 11;
    private const int ShownSteps = 6;
    private const int ScoresALine = 5;

    private readonly RunFacts _facts = description.Facts;

    public void Write(TextWriter writer)
    {
        var shown = CommandForm.PathOf(_facts.Place, Environment.CurrentDirectory);
        var lines = Lines(shown).ToList();
        var width = Math.Max(LeastWidth, lines.Max(static line => line.Name.Length) + 2);
        foreach (var (name, value) in lines)
        {
            writer.WriteLine($"{name.PadRight(width)}{value}");
        }

        WriteFiles(writer);
        WriteEvents(writer);
        if (_facts is { State: not RunState.Running, Snapshot: { } step } && _facts.Budget is { } budget && budget > step)
        {
            writer.WriteLine($"go on with: {CommandForm.Of("train", "--resume", shown)}");
        }
    }

    private IEnumerable<(string Name, string Value)> Lines(string shown)
    {
        yield return ("run", shown);
        yield return ("name", _facts.Name);
        yield return ("recipe", description.Recipe is { } recipe ? JobFacts.Of(recipe, _facts.Place).Description : "cannot be read");
        yield return ("state", State());
        yield return ("progress", Progress());
        foreach (var score in _facts.Scores)
        {
            yield return (score.Name, $"{Text.Score(score.Last)} at step {score.LastStep}, best {Text.Score(score.Best)} at step {score.BestStep}");
        }

        foreach (var line in Evaluated())
        {
            yield return line;
        }

        foreach (var (replica, steps) in description.Snapshots)
        {
            yield return ("snapshots", $"{(_facts.Replicas > 1 ? $"replica {replica}: " : "")}{Steps(steps)}");
        }

        yield return ("samples", description.Samples.Count == 0 ? "none" : Steps(description.Samples));
        if (description.Machine.Count > 0)
        {
            yield return ("machine", string.Join(", ", description.Machine.Where(static fact => fact.Name is "processor" or "cores" or "memory" or "device").Select(static fact => $"{fact.Name} {fact.Value}")));
        }

        yield return ("size", $"{Text.Bytes(_facts.Bytes)}, last written {Ages.Write(now - _facts.Updated)} ago");
    }

    /// <summary>What was computed in the same way of one snapshot: how, and below it the scores.</summary>
    private IEnumerable<(string Name, string Value)> Evaluated()
    {
        foreach (var group in _facts.Evaluated.Where(static score => !MetricNames.IsClassShare(score.Name)).GroupBy(static score => (score.Replica, score.Step, score.Key.Words)))
        {
            var (replica, step, words) = group.Key;
            yield return ("evaluated", $"step {step}{(_facts.Replicas > 1 ? $" of replica {replica}" : "")}{(words.Length > 0 ? $" with {words}" : "")}:");
            foreach (var scores in group.Chunk(ScoresALine))
            {
                yield return ("", $"  {string.Join(", ", scores.Select(static score => $"{score.Name} {Text.Score(score.Value)}"))}");
            }
        }
    }

    private string State() => _facts switch
    {
        { Failure: { } failure } => $"failed: {failure}",
        { State: RunState.Unknown } => "unknown: no process trains here, and the last one did not say how it ended",
        _ => _facts.StateName,
    };

    private string Progress()
    {
        var steps = _facts.Budget is { } budget ? $"step {_facts.Steps} of {budget}" : $"step {_facts.Steps}";
        var images = _facts.Images is { } count ? $", {Text.Count(count, "image")}" : "";
        var time = _facts.Seconds is { } seconds ? $" in {Text.Duration(TimeSpan.FromSeconds(seconds))}" : "";
        return $"{steps}{images}{time}{(_facts.ImagesPerSecond is { } rate ? $" ({Text.Number(rate)} images/s)" : "")}";
    }

    private void WriteFiles(TextWriter writer)
    {
        writer.WriteLine("files");
        var table = new TextTable("", "#");
        foreach (var (name, bytes) in description.Files)
        {
            table.Add($"  {name}", Text.Bytes(bytes));
        }

        table.WriteRows(writer);
    }

    private void WriteEvents(TextWriter writer)
    {
        if (description.Events.Count == 0)
        {
            return;
        }

        writer.WriteLine("last events");
        var table = new TextTable("", "", "");
        foreach (var entry in description.Events)
        {
            table.Add($"  {entry.Time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss")}", entry.Kind, entry.Message);
        }

        table.WriteRows(writer);
    }

    private static string Steps(IReadOnlyList<long> steps)
        => steps.Count <= ShownSteps ? $"of step {string.Join(", ", steps)}" : $"{steps.Count} from step {steps[0]} to {steps[^1]}";
}
