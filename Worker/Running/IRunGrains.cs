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

    IReplayBufferGrain Replay(string key);

    IParameterGrain Parameters(string key);

    IMergeGrain Merge(string key);

    IGossipGrain Gossip(string key);

    IMeetingGrain Meeting(JobId job);

    IMailboxGrain Mailbox(string key);
}
