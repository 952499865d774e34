using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>What the coordinator reads and writes in the run folder of its job.</summary>
internal sealed partial class RunFolder(IObjectStore store, string prefix)
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

    /// <summary>The newest snapshot of a replica, that of its newest owner first; null where there is none.</summary>
    public async Task<(long Epoch, long Step)?> NewestSnapshotAsync(int replica, CancellationToken cancellationToken)
    {
        (long Epoch, long Step)? newest = null;
        await foreach (var name in store.ListAsync(prefix + RunFiles.SnapshotsOf(replica), cancellationToken))
        {
            if (Committed(name) is { } snapshot && (newest is null || snapshot.CompareTo(newest.Value) > 0))
            {
                newest = snapshot;
            }
        }

        return newest;
    }

    // …/step-00000200-e3/manifest.json
    private static (long Epoch, long Step)? Committed(string name)
    {
        var match = Manifest().Match(name);
        return match.Success
            ? (long.Parse(match.Groups["epoch"].ValueSpan, CultureInfo.InvariantCulture), long.Parse(match.Groups["step"].ValueSpan, CultureInfo.InvariantCulture))
            : null;
    }

    [GeneratedRegex("/step-(?<step>[0-9]{1,18})-e(?<epoch>[0-9]{1,18})/manifest\\.json$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Manifest();
}
