namespace DistGan.Grains.Interfaces.Replay.Rings;

/// <summary>
/// The images of a ring as a replica sees them: its own ones and those of others, of which each is drawn w times as often as an own one, w ≥ 0.
/// Where w is 1, or only one kind is stored, there is no difference. Otherwise a draw decides on a kind first, own with probability
/// own/(own + w·others), and then selects within it; nothing is drawn and thrown away, so that a draw takes O(log n) also where one kind is rare or w is 0.
/// </summary>
internal readonly struct ReplayKinds
{
    private readonly OwnImages? _own;
    private readonly double _weight;
    private readonly long _first;
    private readonly long _others;

    /// <param name="own">Where the replica's images are; null where it has none.</param>
    /// <param name="othersWeight">w.</param>
    /// <param name="first">The place of the oldest image.</param>
    /// <param name="stored">Images that are stored.</param>
    public ReplayKinds(OwnImages? own, double othersWeight, long first, long stored)
    {
        (_own, _weight, _first) = (own, othersWeight, first);
        _others = stored - (own?.Count ?? 0);
        IsPossible = own is { Count: > 0 } || (_others > 0 && othersWeight > 0);
        Differ = own is { Count: > 0 } && _others > 0 && !othersWeight.Equals(1);
    }

    /// <summary>Whether there is an image that may be drawn.</summary>
    public bool IsPossible { get; }

    /// <summary>Whether it matters whose an image is.</summary>
    public bool Differ { get; }

    /// <summary>Whether the next draw takes an own image.</summary>
    public bool TakesOwn(ref SplitMix64 random) => random.Fraction() * (_own!.Count + (_weight * _others)) < _own.Count;

    /// <summary>Images of a kind.</summary>
    public long Count(bool own) => own ? _own!.Count : _others;

    /// <summary>The place of the k-th image of a kind.</summary>
    public long At(bool own, long k) => own ? _own!.At(k) : _own!.OtherAt(k, _first);

    /// <summary>
    /// The next image in order from a place on. The kind with the smaller weight is thinned: each of its runs is taken with probability p = min(w, 1/w), so
    /// that ⌊ln(1 − u)/ln(1 − p)⌋ of them are passed over before one is, u uniform in [0, 1); of all others the first one comes.
    /// </summary>
    /// <param name="place">Where to begin.</param>
    /// <param name="run">Images that a draw takes from there.</param>
    /// <param name="random">Decides.</param>
    public long Next(long place, int run, ref SplitMix64 random)
    {
        var thinsOwn = _weight > 1;
        var share = thinsOwn ? 1 / _weight : _weight;
        var passed = share > 0 ? Math.Floor(Math.Log(1 - random.Fraction()) / Math.Log(1 - share)) * run : double.PositiveInfinity;
        var favoured = From(!thinsOwn, place, 0);
        if (passed >= Count(thinsOwn))
        {
            return favoured;
        }

        var thinned = From(thinsOwn, place, (long)passed);
        return Distance(thinned, place) < Distance(favoured, place) ? thinned : favoured;
    }

    /// <summary>The image of a kind that comes after so many others of it from a place on, and from the oldest again.</summary>
    private long From(bool own, long place, long passed)
    {
        var before = own ? _own!.Before(place) : place - _first - _own!.Before(place);
        return At(own, (before + passed) % Count(own));
    }

    private long Distance(long to, long from) => to >= from ? to - from : to - from + _own!.Count + _others;
}
