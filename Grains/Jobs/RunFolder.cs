using System.Globalization;
using System.Text;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>What the coordinator reads and writes in the run folder of its job.</summary>
internal sealed class RunFolder(IObjectStore store, string prefix)
{
    public string Events => prefix + RunFiles.Events;

    public Task WriteRecipeAsync(Recipe recipe, CancellationToken cancellationToken)
        => store.PutAsync(prefix + RunFiles.Recipe, Encoding.UTF8.GetBytes(RecipeWriter.ToYaml(recipe)), PutCondition.None, cancellationToken);

    /// <summary>The recipe of the run; null where there is none.</summary>
    public async Task<Recipe?> ReadRecipeAsync(CancellationToken cancellationToken)
        => await store.GetAsync(prefix + RunFiles.Recipe, cancellationToken) is { } stored
            ? RecipeReader.Parse(Encoding.UTF8.GetString(stored.Content.Span), RunFiles.Recipe)
            : null;

    public Task WriteSummaryAsync(JobSummary summary, DateTimeOffset time, CancellationToken cancellationToken)
        => store.PutAsync(prefix + RunFiles.Summary, SummaryDocument.Write(summary, time), PutCondition.None, cancellationToken);

    /// <summary>The highest epoch that committed a snapshot of a replica; null where there is no snapshot.</summary>
    public async Task<long?> NewestEpochAsync(int replica, CancellationToken cancellationToken)
    {
        long? newest = null;
        await foreach (var name in store.ListAsync(prefix + RunFiles.SnapshotsOf(replica), cancellationToken))
        {
            if (name.EndsWith("/" + RunFiles.Manifest, StringComparison.Ordinal) && EpochOf(name) is { } epoch)
            {
                newest = Math.Max(newest ?? 0, epoch);
            }
        }

        return newest;
    }

    // …/step-00000200-e3/manifest.json
    private static long? EpochOf(string manifest)
    {
        var folder = manifest.AsSpan(0, manifest.Length - RunFiles.Manifest.Length - 1);
        return long.TryParse(folder[(folder.LastIndexOf("-e", StringComparison.Ordinal) + 2)..], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            ? epoch
            : null;
    }
}
