using DistGan.Recipes;

namespace DistGan.Worker.Links;

/// <summary>How long a link waits and how much it keeps.</summary>
internal sealed record LinkSettings
{
    private static readonly TimeSpan ShortestCall = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);

    /// <summary>How long the training thread waits for an answer that is late, once.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>How long a call may take; longer than patience, so that a late answer still serves.</summary>
    public required TimeSpan CallTimeout { get; init; }

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
        };
    }
}
