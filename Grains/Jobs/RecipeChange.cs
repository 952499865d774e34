using System.Text.Json.Nodes;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>What may differ between the recipe of a run and the recipe that it is resumed with: nothing that changes the mathematics.</summary>
public static class RecipeChange
{
    private static readonly string[] Allowed = ["budget", "evaluation", "samples", "snapshots", "topology.replicas"];

    /// <summary>The resumed recipe with <c>threads: auto</c> and <c>precision: auto</c> read as what the run has frozen.</summary>
    public static Recipe Freeze(Recipe run, Recipe resumed) => resumed with
    {
        Threads = resumed.Threads ?? run.Threads,
        Precision = resumed.Precision == "auto" ? run.Precision : resumed.Precision,
    };

    /// <summary>Dotted keys that differ and may not, in the order of the recipe; both recipes as canonical JSON.</summary>
    public static IReadOnlyList<string> ForbiddenKeys(ReadOnlySpan<byte> run, ReadOnlySpan<byte> resumed)
    {
        var keys = new List<string>();
        Compare("", JsonNode.Parse(run), JsonNode.Parse(resumed), keys);
        return keys;
    }

    private static void Compare(string path, JsonNode? run, JsonNode? resumed, List<string> keys)
    {
        if (Array.IndexOf(Allowed, path) >= 0 || JsonNode.DeepEquals(run, resumed))
        {
            return;
        }

        if (run is not JsonObject before || resumed is not JsonObject after)
        {
            keys.Add(path);
            return;
        }

        foreach (var key in before.Select(static pair => pair.Key).Union(after.Select(static pair => pair.Key)))
        {
            Compare(path.Length == 0 ? key : $"{path}.{key}", before[key], after[key], keys);
        }
    }
}
