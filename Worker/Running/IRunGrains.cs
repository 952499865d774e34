using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Interfaces.Parameters.Gossip;
using DistGan.Grains.Interfaces.Replay;

namespace DistGan.Worker.Running;

/// <summary>The grains that a training thread has to do with.</summary>
internal interface IRunGrains
{
    ICoordinatorGrain Coordinator(JobId job);

    /// <summary>The one replay buffer of a job, with the control plane.</summary>
    IReplayBufferGrain Replay(string key);

    /// <summary>A shard of a replay buffer; one that belongs to this worker is placed here.</summary>
    IReplayBufferGrain ReplayShard(string key, bool isHere);

    IParameterGrain Parameters(string key);

    IMergeGrain Merge(string key);

    IGossipGrain Gossip(string key);

    IMeetingGrain Meeting(JobId job);

    IMailboxGrain Mailbox(string key);
}
