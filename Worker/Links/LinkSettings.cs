using DistGan.Recipes;

namespace DistGan.Worker.Links;

/// <summary>How long a link waits and how much it keeps.</summary>
internal sealed record LinkSettings
{
    private static readonly TimeSpan ShortestCall = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestPart = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPart = TimeSpan.FromSeconds(2);

    /// <summary>How long the training thread waits for an answer that is late, once.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>How long a call may take; longer than patience, so that a late answer still serves.</summary>
    public required TimeSpan CallTimeout { get; init; }

    /// <summary>How long one of several that answer together may take; so short that the others' answers are in time without it.</summary>
    public TimeSpan PartTimeout { get; init; } = LongestPart;

    /// <summary>Rounds that may wait for a slow peer before the oldest is dropped.</summary>
    public int Capacity { get; init; } = 4;

    public static LinkSettings For(Recipe recipe)
    {
        var patience = TimeSpan.FromSeconds(recipe.Topology.PatienceSeconds);
        var call = 2 * patience;
        return new LinkSettings
        {
            Patience = patience,
            CallTimeout = call < ShortestCall ? ShortestCall : call > LongestCall ? LongestCall : call,
            PartTimeout = patience / 4 < ShortestPart ? ShortestPart : patience / 4 > LongestPart ? LongestPart : patience / 4,
        };
    }
}
