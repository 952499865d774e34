namespace DistGan.Grains.Interfaces.Parameters.Gossip;

/// <summary>What became of an offer.</summary>
public enum GossipOutcome
{
    /// <summary>It is the newest.</summary>
    Kept,

    /// <summary>A number is not finite: it is refused, and what was there stays.</summary>
    NotFinite,

    /// <summary>A newer owner of the replica has offered already.</summary>
    Overtaken,
}
