namespace DistGan.Grains.Interfaces.Parameters;

/// <summary>What became of an offer.</summary>
public enum OfferOutcome
{
    /// <summary>It counts in its round.</summary>
    Counted,

    /// <summary>It missed too many merges to count; its replica takes the round's outcome all the same.</summary>
    Stale,

    /// <summary>A number is not finite: it does not count, and there is no outcome to wait for.</summary>
    NotFinite,

    /// <summary>The merge was never opened, or has moved and lost its state.</summary>
    NotOpen,

    /// <summary>It is a difference to an outcome that the grain does not have: it is to be sent again whole.</summary>
    UnknownReference,
}
