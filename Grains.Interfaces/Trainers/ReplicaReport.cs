using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Grains.Interfaces.Trainers;

/// <summary>A round of one replica, as its owner reports it.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replica-report")]
public sealed record ReplicaReport
{
    [Id(0)]
    public required ReplicaId Replica { get; init; }

    [Id(1)]
    public required ReplicaProgress Progress { get; init; }
}
