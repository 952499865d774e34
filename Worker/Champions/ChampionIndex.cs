namespace DistGan.Worker.Champions;

/// <summary>The list of a replica's champions.</summary>
public sealed record ChampionIndex
{
    /// <summary>What every list says that it is.</summary>
    public const string Shape = "distgan/champions";

    public string Schema { get; init; } = Shape;

    /// <summary>One a mode at most, in the order of modes.</summary>
    public required IReadOnlyList<Champion> Champions { get; init; }
}
