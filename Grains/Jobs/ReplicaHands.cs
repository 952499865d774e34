using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
using Orleans.Runtime.Placement;

namespace DistGan.Grains.Jobs;

/// <summary>What a coordinator does to its replicas: lease slots for them, and call their trainers where those slots are.</summary>
internal sealed class ReplicaHands(IGrainFactory grains, JobId job)
{
    private IWorkerDirectoryGrain Directory => grains.GetGrain<IWorkerDirectoryGrain>(0);

    public ReplicaId Id(int ordinal) => new(job, ordinal);

    public Task<SlotGrants> ClaimAsync(SlotClaim claim, CancellationToken cancellationToken) => Directory.ClaimAsync(claim, cancellationToken);

    public Task ReleaseAsync(int ordinal, long lease) => Directory.ReleaseAsync(Id(ordinal), lease);

    /// <summary>Workers that were heard of lately.</summary>
    public Task<IReadOnlyList<WorkerRegistration>> WorkersAsync(CancellationToken cancellationToken) => Directory.ListAsync(cancellationToken);

    /// <summary>Gives all slots back and wants none.</summary>
    public Task WithdrawAsync() => Directory.WithdrawAsync(job);

    public Task<StartResult> StartAsync(TrainerAssignment assignment, CancellationToken cancellationToken)
        => OnWorkerAsync(assignment.Lease.Worker, assignment.Replica.Ordinal, trainer => trainer.StartAsync(assignment, cancellationToken));

    public Task InterruptAsync(CoordinatorState.ReplicaRecord replica)
        => OnWorkerAsync(replica.Worker, replica.Ordinal, async trainer =>
        {
            await trainer.InterruptAsync();
            return true;
        });

    /// <summary>Asks an owner that owns nothing any more to end after its step, without a snapshot.</summary>
    public Task HaltAsync(int ordinal, string worker, long epoch)
        => OnWorkerAsync(worker, ordinal, async trainer =>
        {
            await trainer.HaltAsync(epoch);
            return true;
        });

    /// <summary>Whether a replica trains on the worker that it was given.</summary>
    public Task<bool> IsRunningAsync(CoordinatorState.ReplicaRecord replica, CancellationToken cancellationToken) => IsRunningAsync(replica.Ordinal, replica.Worker, cancellationToken);

    /// <summary>Whether a replica trains on a worker.</summary>
    public async Task<bool> IsRunningAsync(int ordinal, string? worker, CancellationToken cancellationToken)
    {
        // A call with the address of a dead worker would make a trainer somewhere else.
        var workers = await WorkersAsync(cancellationToken);
        return workers.Any(known => known.Worker == worker)
            && await OnWorkerAsync(worker, ordinal, trainer => trainer.IsRunningAsync(cancellationToken));
    }

    private async Task<T> OnWorkerAsync<T>(string? worker, int ordinal, Func<ITrainerGrain, Task<T>> call)
    {
        if (worker is not null)
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, SiloAddress.FromParsableString(worker));
        }

        try
        {
            return await call(grains.GetGrain<ITrainerGrain>(Id(ordinal).ToString()));
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }
}
