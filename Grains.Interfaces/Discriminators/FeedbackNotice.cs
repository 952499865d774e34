namespace DistGan.Grains.Interfaces.Discriminators;

/// <summary>Who has answered a version of the generator in time.</summary>
[GenerateSerializer, Immutable, Alias("distgan.feedback-notice")]
public sealed record FeedbackNotice
{
    /// <summary>Whether the version is known: not where the grain has moved, or a newer one has come.</summary>
    [Id(0)]
    public required bool IsKnown { get; init; }

    /// <summary>The replicas that have, in ascending order.</summary>
    [Id(1)]
    public IReadOnlyList<int> Members { get; init; } = [];

    /// <summary>Answers that were dropped since the version before: too late, or not finite.</summary>
    [Id(2)]
    public int Late { get; init; }

    /// <summary>Parts of the gradient at a batch; 0 where nobody has answered.</summary>
    [Id(3)]
    public int Parts { get; init; }
}
