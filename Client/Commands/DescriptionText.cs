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

        foreach (var evaluated in Evaluated())
        {
            yield return ("evaluated", evaluated);
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

    /// <summary>A line for the scores of a snapshot that were computed in the same way.</summary>
    private IEnumerable<string> Evaluated()
        => _facts.Evaluated
            .Where(static score => !MetricNames.IsClassShare(score.Name))
            .GroupBy(static score => (score.Replica, score.Step, score.Key.Words))
            .Select(group => $"{string.Join(", ", group.Select(static score => $"{score.Name} {Text.Score(score.Value)}"))} at step {group.Key.Step}"
                + $"{(_facts.Replicas > 1 ? $" of replica {group.Key.Replica}" : "")}{(group.Key.Words.Length > 0 ? $" ({group.Key.Words})" : "")}");

    private string State() => _facts switch
    {
        { Failure: { } failure } => $"failed: {failure}",
        { State: RunState.Unknown } => "unknown: no process trains here, and the last one did not say how it ended",
        _ => _facts.StateName,
    };

    private string Progress()
    {
        var steps = _facts.Budget is { } budget ? $"step {_facts.Steps} of {budget}" : $"step {_facts.Steps}";
        var images = _facts.Images is { } count ? $", {count} images" : "";
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
