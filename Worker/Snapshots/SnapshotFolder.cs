using System.Globalization;
using System.Text.RegularExpressions;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Worker.Snapshots;

/// <summary>A folder under snapshots/rN, committed or left over.</summary>
/// <param name="Name">Full name in the store, ending in '/'.</param>
/// <param name="Step">The step in its name.</param>
/// <param name="Epoch">The epoch in its name.</param>
/// <param name="IsCommitted">Whether it has a manifest.</param>
internal sealed partial record SnapshotFolder(string Name, long Step, long Epoch, bool IsCommitted)
{
    /// <summary>All folders of a replica, newest owner first, and newest step first within an owner.</summary>
    public static async Task<IReadOnlyList<SnapshotFolder>> ListAsync(IObjectStore store, string prefix, int replica, CancellationToken cancellationToken)
    {
        var start = prefix + RunFiles.SnapshotsOf(replica);
        var folders = new Dictionary<string, bool>(StringComparer.Ordinal);
        await foreach (var name in store.ListAsync(start, cancellationToken))
        {
            var slash = name.IndexOf('/', start.Length);
            if (slash > 0)
            {
                var folder = name[..(slash + 1)];
                folders[folder] = folders.GetValueOrDefault(folder) || name == folder + RunFiles.Manifest;
            }
        }

        return [.. folders
            .Select(pair => Parse(pair.Key, pair.Key[start.Length..], pair.Value))
            .OfType<SnapshotFolder>()
            .OrderByDescending(folder => folder.Epoch)
            .ThenByDescending(folder => folder.Step)];
    }

    /// <summary>Deletes everything in a folder, its manifest first, so that no damaged snapshot is ever seen as committed.</summary>
    public static async Task DeleteAsync(IObjectStore store, string folder, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(folder + RunFiles.Manifest, PutCondition.None, cancellationToken);
        var names = new List<string>();
        await foreach (var name in store.ListAsync(folder, cancellationToken))
        {
            names.Add(name);
        }

        foreach (var name in names)
        {
            await store.DeleteAsync(name, PutCondition.None, cancellationToken);
        }
    }

    private static SnapshotFolder? Parse(string name, string last, bool committed)
    {
        var match = FolderName().Match(last);
        return match.Success
            ? new SnapshotFolder(
                name,
                long.Parse(match.Groups["step"].ValueSpan, CultureInfo.InvariantCulture),
                long.Parse(match.Groups["epoch"].ValueSpan, CultureInfo.InvariantCulture),
                committed)
            : null;
    }

    [GeneratedRegex("^step-(?<step>[0-9]{1,18})-e(?<epoch>[0-9]{1,18})/$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FolderName();
}
