using System.Collections.Concurrent;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Interfaces.Parameters.Gossip;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Worker.Running;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>One job's grains in memory.</summary>
internal sealed class FakeGrains : IRunGrains
{
    private readonly ConcurrentDictionary<string, FakeParameterGrain> _parameters = new();

    public FakeCoordinator Coordinator { get; } = new();

    public FakeReplayGrain Replay { get; } = new();

    public IReadOnlyDictionary<string, FakeParameterGrain> Parameters => _parameters;

    ICoordinatorGrain IRunGrains.Coordinator(JobId job) => Coordinator;

    IReplayBufferGrain IRunGrains.Replay(string key) => Replay;

    IReplayBufferGrain IRunGrains.ReplayShard(string key, bool isHere) => Replay;

    /// <summary>The merge, where a test has one.</summary>
    public IMergeGrain? Merge { get; set; }

    IMergeGrain IRunGrains.Merge(string key) => Merge ?? throw new NotSupportedException("This test has no merge.");

    IGossipGrain IRunGrains.Gossip(string key) => throw new NotSupportedException("This test has no gossip.");

    IMeetingGrain IRunGrains.Meeting(JobId job) => throw new NotSupportedException("This test has no meeting.");

    IMailboxGrain IRunGrains.Mailbox(string key) => throw new NotSupportedException("This test has no mailboxes.");

    IParameterGrain IRunGrains.Parameters(string key) => _parameters.GetOrAdd(key, _ => new FakeParameterGrain());
}
