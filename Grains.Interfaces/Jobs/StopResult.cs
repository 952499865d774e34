namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>What an end without a snapshot costs.</summary>
[GenerateSerializer, Immutable, Alias("distgan.stop-result")]
public sealed record StopResult
{
    /// <summary>
    /// Steps between the newest snapshot of a replica and its last report, of the replica that loses most; what it did after that report comes on top. 0 where nothing trained.
    /// </summary>
    [Id(0)]
    public required long StepsLost { get; init; }

    /// <summary>Whether there is a snapshot to go on from.</summary>
    [Id(1)]
    public required bool CanResume { get; init; }
}
