using DistGan.Grains.Interfaces.Replay.Rings;
using Orleans.Concurrency;

namespace DistGan.Grains.Replay;

/// <summary>The one replay buffer of a job that keeps it with the control plane.</summary>
[KeepAlive, GrainType("replaybuffer")]
internal sealed class ReplayBufferGrain : ReplayGrain;
