using DistGan.Grains.Interfaces.Storage;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Running;

/// <summary>Fetches the snapshot of another replica of the job from which one is to go on.</summary>
internal static class DonorLoader
{
    /// <summary>The snapshot in a folder, or that replica's newest good one where it is not there any more; null where there is none.</summary>
    /// <param name="store">The object store.</param>
    /// <param name="prefix">The job's run folder.</param>
    /// <param name="folder">The folder below it, ending in '/'.</param>
    /// <param name="warn">Told, in one sentence, of whatever is not as it was named.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<LoadedSnapshot?> LoadAsync(IObjectStore store, string prefix, string folder, Action<string> warn, CancellationToken cancellationToken)
    {
        var (named, damage) = await SnapshotReader.VerifyAsync(store, prefix + folder, cancellationToken);
        if (named is null)
        {
            var replica = ReplicaOf(folder);
            named = await SnapshotReader.FindNewestAsync(store, prefix, replica, warn, cancellationToken);
            warn($"Snapshot {folder} of another replica cannot be taken over ({damage}); {(named is null ? "this one keeps its own weights" : $"{named.Folder[prefix.Length..]} is taken")}.");
        }

        return named is null ? null : await SnapshotReader.LoadAsync(store, named, cancellationToken);
    }

    // snapshots/r2/step-00000400-e1/
    private static int ReplicaOf(string folder)
    {
        var part = folder.Split('/')[1];
        return int.Parse(part.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
    }
}
