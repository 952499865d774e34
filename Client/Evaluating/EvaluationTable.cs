using DistGan.Client.Champions;
using DistGan.Client.Display;
using DistGan.Recipes;

namespace DistGan.Client.Evaluating;

/// <summary>A result as a table for a person.</summary>
public static class EvaluationTable
{
    /// <summary>Writes the table, and what the scores depend on below it; a wide one has the share of each class too.</summary>
    public static void Write(TextWriter writer, EvaluationResult result, string shownFolder, bool isWide)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        var width = Math.Max(5, result.Scores.Keys.Max(static name => name.Length));
        var what = result.Champions is { } set ? Text.Count(set.Count, "champion") : $"replica {result.Run.Replica}, step {result.Run.Step}";
        writer.WriteLine($"{shownFolder}, {what}: {Text.Count(result.Draws, "draw")} of {Text.Count(result.Samples, "sample")}, seed {result.Seed}");
        writer.WriteLine($"{"score".PadRight(width)}  {"mean",10}  {"sd",10}{(result.Floor.Count > 0 ? $"  {"real",10}  {"sd",10}" : "")}");
        foreach (var (name, score) in result.Scores.Where(score => isWide || !MetricNames.IsClassShare(score.Key)))
        {
            var floor = result.Floor.TryGetValue(name, out var real) ? $"  {Text.Score(real.Mean),10}  {Text.Number(real.Deviation),10}" : "";
            writer.WriteLine($"{name.PadRight(width)}  {Text.Score(score.Mean),10}  {Text.Number(score.Deviation),10}{floor}");
        }

        if (result.NoFloor is { } why)
        {
            writer.WriteLine($"no scores of real samples: {why}.");
        }

        foreach (var (name, provenance) in result.Provenance)
        {
            var network = provenance.FeatureNetwork is null ? "" : $"; {provenance.FeatureNetwork} {provenance.FeatureHash?[..12]}, resize: {provenance.Resize}";
            var protocol = provenance.Protocol is null ? "" : $"; {provenance.Protocol}";
            writer.WriteLine($"{name}: against {provenance.Reference}{(provenance.ReferenceSamples > 0 ? $", {provenance.ReferenceSamples}" : "")}{network}{protocol}");
        }

        if (result.Champions is null)
        {
            writer.WriteLine($"weights {result.Run.WeightsSha256()[..12]}");
        }

        foreach (var champion in result.Champions ?? [])
        {
            WriteChampion(writer, champion);
        }
    }

    /// <summary>One line a champion: what it gave, and what it scores alone, by the scores that rank.</summary>
    private static void WriteChampion(TextWriter writer, ChampionScores champion)
    {
        var alone = string.Join(", ", champion.Alone.Where(static score => MetricDirections.Of(score.Key) is not null).Select(static score => $"{score.Key} {Text.Score(score.Value)}"));
        var kept = champion.Champion;
        writer.WriteLine($"mode {kept.Mode}: replica {kept.Replica}, step {kept.Step}, quality {Text.Number(kept.Quality)}, accepted {Text.Number(champion.Part?.Acceptance)}; alone {alone}");
    }
}
