namespace DistGan.Grains.Interfaces.Workers;

/// <summary>All device slots of the cluster and who holds them. Key: 0.</summary>
[Alias("distgan.worker-directory")]
public interface IWorkerDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>A worker says what it has; repeated as a heartbeat, so that a directory that moved knows again.</summary>
    [Alias("register")]
    Task RegisterAsync(WorkerRegistration registration, CancellationToken cancellationToken = default);

    /// <summary>Leases a free slot that offers at least <paramref name="threads"/> threads; null when there is none. A replica that holds one gets the same again.</summary>
    [Alias("lease")]
    Task<SlotLease?> LeaseAsync(ReplicaId replica, int threads, CancellationToken cancellationToken = default);

    [Alias("release")]
    Task ReleaseAsync(ReplicaId replica, CancellationToken cancellationToken = default);

    [Alias("list")]
    Task<IReadOnlyList<WorkerRegistration>> ListAsync(CancellationToken cancellationToken = default);
}
