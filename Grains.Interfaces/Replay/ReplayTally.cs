namespace DistGan.Grains.Interfaces.Replay;

/// <summary>What was done with a replay buffer so far.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replay-tally")]
public readonly record struct ReplayTally
{
    /// <summary>Images that were stored, whether they are still there or not.</summary>
    [Id(0)]
    public long Inserted { get; init; }

    /// <summary>Images that were drawn, each as often as it was.</summary>
    [Id(1)]
    public long Drawn { get; init; }

    /// <summary>Where the next draw in order begins, counted from the oldest image that is stored.</summary>
    [Id(2)]
    public long Cursor { get; init; }
}
