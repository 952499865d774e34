using DistGan.Grains.Interfaces.Replay;

namespace DistGan.Worker.Tests.Cluster;

/// <summary>Lets every call of the replay grain fail once it is stopped, as a grain does whose silo is gone.</summary>
internal sealed class StoppableReplay : IIncomingGrainCallFilter
{
    private volatile bool _isStopped;

    public bool IsStopped
    {
        get => _isStopped;
        set => _isStopped = value;
    }

    public Task Invoke(IIncomingGrainCallContext context)
        => _isStopped && context.Grain is IReplayBufferGrain ? throw new TimeoutException("The replay grain is stopped.") : context.Invoke();
}
