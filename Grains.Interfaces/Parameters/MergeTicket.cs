namespace DistGan.Grains.Interfaces.Parameters;

/// <summary>What became of an offer, and which round it is in.</summary>
[GenerateSerializer, Immutable, Alias("distgan.merge-ticket")]
public sealed record MergeTicket
{
    [Id(0)]
    public required OfferOutcome Outcome { get; init; }

    /// <summary>The round whose outcome the replica asks for; 0 where there is none.</summary>
    [Id(1)]
    public long Round { get; init; }
}
