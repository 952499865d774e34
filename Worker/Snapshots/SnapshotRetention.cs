using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Worker.Snapshots;

/// <summary>Keeps the newest snapshots and the best; deletes the others only when the newest one reads back as it was written.</summary>
internal static class SnapshotRetention
{
    /// <summary>Applies the rule after a commit.</summary>
    /// <returns>What is wrong with the newest snapshot, in which case nothing was deleted; null otherwise.</returns>
    public static async Task<string?> ApplyAsync(IObjectStore store, SnapshotOwner owner, int keep, CancellationToken cancellationToken)
    {
        var folders = (await SnapshotFolder.ListAsync(store, owner.Prefix, owner.Replica.Ordinal, cancellationToken)).Where(folder => folder.IsCommitted).ToList();
        if (folders.Count <= keep)
        {
            return null;
        }

        var (_, damage) = await SnapshotReader.VerifyAsync(store, folders[0].Name, cancellationToken);
        if (damage is not null)
        {
            return damage;
        }

        var snapshots = new List<StoredSnapshot>();
        foreach (var folder in folders)
        {
            if ((await SnapshotReader.ReadManifestAsync(store, folder.Name, cancellationToken)).Manifest is { } manifest)
            {
                snapshots.Add(new StoredSnapshot(folder.Name, manifest));
            }
        }

        foreach (var surplus in Surplus(snapshots, keep))
        {
            await SnapshotFolder.DeleteAsync(store, surplus.Folder, cancellationToken);
        }

        return null;
    }

    /// <summary>What the rule does not keep.</summary>
    /// <param name="newestFirst">All committed snapshots.</param>
    /// <param name="keep">How many of the newest stay, besides the best.</param>
    public static IReadOnlyList<StoredSnapshot> Surplus(IReadOnlyList<StoredSnapshot> newestFirst, int keep)
    {
        var best = Best(newestFirst);
        return [.. newestFirst.Skip(keep).Where(snapshot => snapshot != best)];
    }

    /// <summary>The snapshot with the best score of the metric that the newest scored one has; of equals the newest.</summary>
    public static StoredSnapshot? Best(IReadOnlyList<StoredSnapshot> newestFirst)
    {
        StoredSnapshot? best = null;
        foreach (var snapshot in newestFirst)
        {
            if (snapshot.Manifest.Score is { } score
                && (best?.Manifest.Score is not { } leader || (score.Metric == leader.Metric && score.IsBetterThan(leader))))
            {
                best = snapshot;
            }
        }

        return best;
    }
}
