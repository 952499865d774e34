using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Interfaces.Parameters.Gossip;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Worker.Replay;
using Orleans.Runtime;

namespace DistGan.Worker.Running;

/// <summary>The grains of the cluster that this worker is part of.</summary>
internal sealed class ClusterGrains(IGrainFactory grains, ILocalSiloDetails silo) : IRunGrains
{
    public ICoordinatorGrain Coordinator(JobId job) => grains.GetGrain<ICoordinatorGrain>(job.Value);

    public IReplayBufferGrain Replay(string key) => grains.GetGrain<IReplayBufferGrain>(key);

    public IReplayBufferGrain ReplayShard(string key, bool isHere)
    {
        var shard = grains.GetGrain<IReplayBufferGrain>(GrainId.Create(ReplayShardGrain.TypeName, key));
        return isHere ? new PlacedReplay(shard, silo.SiloAddress) : shard;
    }

    public IParameterGrain Parameters(string key) => grains.GetGrain<IParameterGrain>(key);

    public IMergeGrain Merge(string key) => grains.GetGrain<IMergeGrain>(key);

    public IGossipGrain Gossip(string key) => grains.GetGrain<IGossipGrain>(key);

    public IMeetingGrain Meeting(JobId job) => grains.GetGrain<IMeetingGrain>(job.Value);

    public IMailboxGrain Mailbox(string key) => grains.GetGrain<IMailboxGrain>(key);
}
