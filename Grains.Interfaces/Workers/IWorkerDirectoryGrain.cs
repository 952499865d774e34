namespace DistGan.Grains.Interfaces.Workers;

/// <summary>All device slots of the cluster, who holds them and who waits for one. Key: 0.</summary>
[Alias("distgan.worker-directory")]
public interface IWorkerDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>A worker says what it has; repeated as a heartbeat, so that a directory that moved knows again. Without slots: it is about to leave, and its replicas are about to end.</summary>
    /// <returns>Why it may not offer its slots, as a sentence; null where it may.</returns>
    [Alias("register")]
    Task<string?> RegisterAsync(WorkerRegistration registration, CancellationToken cancellationToken = default);

    /// <summary>A job says what it wants and hears what it holds. Who waits is asked to claim again (<see cref="Jobs.ICoordinatorGrain.CheckAsync"/>) when that changes, and every few seconds.</summary>
    [Alias("claim")]
    Task<SlotGrants> ClaimAsync(SlotClaim claim, CancellationToken cancellationToken = default);

    /// <summary>Frees the slot of a replica, where <paramref name="number"/> is still its lease.</summary>
    [Alias("release")]
    Task ReleaseAsync(ReplicaId replica, long number, CancellationToken cancellationToken = default);

    /// <summary>The job wants nothing any more: its claim and all its leases are gone.</summary>
    [Alias("withdraw")]
    Task WithdrawAsync(JobId job, CancellationToken cancellationToken = default);

    /// <summary>Workers that were heard of lately, each slot with the number of its lease, 0 for a free one.</summary>
    [Alias("list")]
    Task<IReadOnlyList<WorkerRegistration>> ListAsync(CancellationToken cancellationToken = default);
}
