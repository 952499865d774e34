using System.Text.Json;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;
using DistGan.Worker.Replicas;

namespace DistGan.Client.Runs;

/// <summary>Which replica of a run drew best when it was last evaluated.</summary>
public static class BestReplica
{
    /// <summary>The replica whose newest evaluation has the best first score; 0 where nothing was evaluated.</summary>
    /// <param name="runFolder">The run.</param>
    /// <param name="recipe">Its recipe, whose first metric decides.</param>
    public static int Of(string runFolder, Recipe recipe)
    {
        var path = Path.Combine(runFolder, RunFiles.Evaluation);
        if (recipe.Topology.Replicas == 1 || !File.Exists(path))
        {
            return 0;
        }

        var newest = new Dictionary<int, double>();
        foreach (var line in File.ReadLines(path))
        {
            if (Parse(line) is { } read)
            {
                newest[read.Replica] = read.Score;
            }
        }

        return newest.Count == 0 ? 0 : newest.OrderBy(static pair => pair.Value).ThenBy(static pair => pair.Key).First().Key;
    }

    /// <summary>The first score that ranks of a line of training, turned so that lower is better; a later evaluation may be of other metrics.</summary>
    private static (int Replica, double Score)? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.TryGetProperty("source", out var source) && source.GetString() == EvaluationLine.Command)
            {
                return null;
            }

            var first = root.GetProperty("scores").EnumerateObject().FirstOrDefault(static score => MetricDirections.Of(score.Name) is not null);
            return first.Value.ValueKind == JsonValueKind.Number
                ? (root.GetProperty("replica").GetInt32(), MetricDirections.Of(first.Name) == true ? first.Value.GetDouble() : -first.Value.GetDouble())
                : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // a torn last line
        }
    }
}
