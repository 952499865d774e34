namespace DistGan.Grains.Interfaces.Trainers;

/// <summary>One replica on the worker that trains it: owns the life of its training thread, and nothing heavier. Key: job/replica.</summary>
[Alias("distgan.trainer")]
public interface ITrainerGrain : IGrainWithStringKey
{
    /// <summary>Starts the training thread; returns once it trains, says why it cannot, or has opened its data for so long that it is to be told of.</summary>
    [Alias("start")]
    Task<StartResult> StartAsync(TrainerAssignment assignment, CancellationToken cancellationToken = default);

    /// <summary>Asks the thread to finish its step, commit a snapshot and end; returns at once, the end is reported to the coordinator.</summary>
    [Alias("interrupt")]
    Task InterruptAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Asks the thread of this epoch, or an older one, to end after its step: it takes no snapshot, writes and reports nothing more. Returns at once. A thread of a newer epoch goes on.
    /// </summary>
    [Alias("halt")]
    Task HaltAsync(long epoch, CancellationToken cancellationToken = default);

    /// <summary>Whether the training thread runs.</summary>
    [Alias("is-running")]
    Task<bool> IsRunningAsync(CancellationToken cancellationToken = default);
}
