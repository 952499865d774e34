namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>The newest report of one replica.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replica-progress")]
public sealed record ReplicaProgress
{
    [Id(0)]
    public required int Replica { get; init; }

    [Id(1)]
    public required long Epoch { get; init; }

    [Id(2)]
    public required long Step { get; init; }

    [Id(3)]
    public required long Images { get; init; }

    /// <summary>Seconds of training since the start of the job, in all epochs.</summary>
    [Id(4)]
    public required double Seconds { get; init; }

    /// <summary>Values by metric name.</summary>
    [Id(5)]
    public required IReadOnlyDictionary<string, double> Values { get; init; }
}
