namespace DistGan.Grains.Replay;

/// <summary>Which images a replica takes by whose they are: of another replica with w times the probability of an own one, w ≥ 0, by rejection.</summary>
internal readonly struct ReplayChoice
{
    private readonly int _replica;
    private readonly (double Own, double Others) _taken;

    /// <param name="replica">Who draws.</param>
    /// <param name="othersWeight">w.</param>
    /// <param name="stored">Images that are stored.</param>
    /// <param name="own">Those of the replica.</param>
    public ReplayChoice(int replica, double othersWeight, long stored, long own)
    {
        _replica = replica;
        var others = stored - own;
        IsPossible = own > 0 || (others > 0 && othersWeight > 0);

        // Where there is but one kind nothing is rejected.
        _taken = own == 0 ? (0, 1) : others == 0 ? (1, 0) : (Math.Min(1, 1 / othersWeight), Math.Min(1, othersWeight));
    }

    /// <summary>Whether there is an image that may be drawn.</summary>
    public bool IsPossible { get; }

    /// <summary>Whether an image of this replica is taken; draws a number only where that is not certain.</summary>
    public bool Takes(int replica, ref SplitMix64 random)
    {
        var share = replica == _replica ? _taken.Own : _taken.Others;
        return share >= 1 || (share > 0 && random.Fraction() < share);
    }
}
