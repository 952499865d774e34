using DistGan.Grains.Interfaces;

namespace DistGan.Worker.Snapshots;

/// <summary>Who writes snapshots, and under which ownership.</summary>
/// <param name="Prefix">The job's run folder in the store.</param>
/// <param name="Replica">The replica.</param>
/// <param name="Epoch">Its fencing number; part of every path.</param>
/// <param name="RecipeSha256">Hash of the recipe that it trains.</param>
internal sealed record SnapshotOwner(string Prefix, ReplicaId Replica, long Epoch, string RecipeSha256)
{
    /// <summary>The folder of this owner's snapshot of a step, ending in '/'.</summary>
    public string Folder(long step) => Prefix + RunFiles.Snapshot(Replica.Ordinal, step, Epoch);
}
