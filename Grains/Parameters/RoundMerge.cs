using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Interfaces.Parameters.Wire;
using DistGan.Recipes;

namespace DistGan.Grains.Parameters;

/// <summary>
/// Rounds of merging one range of a vector. A round opens with its first contribution and is due when every replica that is expected
/// has contributed, or at its deadline. Expected are all replicas at first, then those that were in the round before: so a replica that
/// is gone costs the others one deadline, and one that is slow joins the rounds that it comes to.
/// </summary>
/// <remarks>
/// With members i of weight w_i (samples), numbers x_i, mean x̄ = Σw_i·x_i / Σw_i and centre c, in double precision:
/// mean: m = c ← x̄, p = 1 (local SGD, Stich 2019).
/// elastic: m = c, p = β/n; then c ← c + β·(x̄ − c) (Zhang, Choromanska and LeCun 2015, equations 5 and 6, with β = n·α).
/// nesterov: Δ = c − x̄, v ← μ·v + Δ, m = c ← c − η·(Δ + μ·v), p = 1 (Douillard et al. 2023, algorithm 1).
/// The first merge sets c = x̄ and v = 0. A replica moves by p·(m − x_i). Below the quorum nobody moves.
/// On a wire of fewer bytes x_i is r + Q(x_i − r), r the newest outcome; and m becomes r + Q(m − r) for all, so that all go on from the same r. What Q
/// took from m is added to the next x̄, except with elastic, whose centre does not go on from where its members are.
/// </remarks>
public sealed class RoundMerge
{
    private MergeSettings _settings;
    private readonly SortedDictionary<int, MergeOffer> _members = [];
    private readonly HashSet<int> _present = [];
    private HashSet<int> _expected;
    private ReadOnlyMemory<float> _centre;
    private ReadOnlyMemory<float> _velocity;
    private MergeAnswer? _outcome;
    private float[] _lost = [];
    private TimeSpan _opened;

    /// <param name="settings">The rule and its bounds.</param>
    /// <param name="state">What an earlier merge remembered; null to start anew.</param>
    /// <exception cref="DistGanException">The state's vectors do not fit each other.</exception>
    public RoundMerge(MergeSettings settings, MergeState? state = null)
    {
        _settings = settings;
        _expected = [.. Enumerable.Range(0, settings.Replicas)];
        if (state is not null)
        {
            if (state.Centre.IsEmpty || (!state.Velocity.IsEmpty && state.Velocity.Length != state.Centre.Length))
            {
                throw new DistGanException($"A merge of {state.Centre.Length} numbers with a velocity of {state.Velocity.Length} cannot be restored.");
            }

            (Version, _centre, _velocity) = (state.Version, state.Centre, state.Velocity);
        }
    }

    /// <summary>The number of the round that is open, from 1.</summary>
    public long Round { get; private set; } = 1;

    /// <summary>Merges so far.</summary>
    public long Version { get; private set; }

    /// <summary>Contributions that were refused because a number in them was NaN or infinite.</summary>
    public long Refused { get; private set; }

    /// <summary>Whether the open round has a contribution.</summary>
    public bool IsOpened => _present.Count > 0;

    /// <summary>Whether nobody else is expected in the open round.</summary>
    public bool IsComplete => IsOpened && _expected.IsSubsetOf(_present);

    /// <summary>Takes a contribution into the open round, in place of an earlier one of the same replica.</summary>
    /// <param name="offer">The numbers.</param>
    /// <param name="now">The time since any fixed moment.</param>
    /// <exception cref="DistGanException">The replica, the weight or the length does not fit.</exception>
    public OfferOutcome Offer(MergeOffer offer, TimeSpan now)
    {
        if (offer.Difference is { } difference)
        {
            if (_outcome is null || _outcome.Version != offer.Version || difference.Count != _outcome.Values.Length)
            {
                return OfferOutcome.UnknownReference;
            }

            offer = offer with { Values = difference.AddTo(_outcome.Values.Span), Difference = null };
        }

        Check(offer);
        _opened = IsOpened ? _opened : now;
        _present.Add(offer.Replica);
        if (!FloatSpans.IsFinite(offer.Values.Span))
        {
            Refused++;
            _members.Remove(offer.Replica);
            return OfferOutcome.NotFinite;
        }

        if (Version - offer.Version > _settings.MaxStaleRounds)
        {
            _members.Remove(offer.Replica);
            return OfferOutcome.Stale;
        }

        _members[offer.Replica] = offer;
        return OfferOutcome.Counted;
    }

    /// <summary>The job has more or fewer replicas now: those that are not of it any more are not waited for.</summary>
    public void Resize(int replicas, int quorum)
    {
        _settings = _settings with { Replicas = replicas, Quorum = quorum };
        _expected.RemoveWhere(replica => replica >= replicas);
    }

    /// <summary>How long the open round may still wait.</summary>
    public TimeSpan Left(TimeSpan now) => IsComplete ? TimeSpan.Zero : _opened + _settings.Deadline - now;

    /// <summary>Ends the open round and starts the next.</summary>
    public MergeAnswer Close()
    {
        var count = _members.Count < _settings.Quorum ? 0 : _members.Count;
        var (target, pull) = count == 0 ? (_centre, 1) : Merge();
        var answer = new MergeAnswer { Round = Round, Members = count, Version = Version, Pull = pull, Values = target };
        if (count > 0)
        {
            _outcome = answer = Packed(answer);
        }

        Round++;
        _expected = [.. _present];
        _present.Clear();
        _members.Clear();
        return answer;
    }

    /// <summary>The outcome as it is sent to one that has the outcome of merge <paramref name="known"/>.</summary>
    public static MergeAnswer ForOneThatKnows(MergeAnswer answer, long known)
        => answer.Difference is not null && known > 0 && known == answer.Version - 1 ? answer with { Values = default } : answer with { Difference = null };

    /// <summary>What is remembered between rounds; null before the first merge.</summary>
    public MergeState? Capture() => Version == 0 ? null : new MergeState { Version = Version, Centre = _centre, Velocity = _velocity };

    private void Check(MergeOffer offer)
    {
        if (offer.Replica < 0 || offer.Replica >= _settings.Replicas || offer.Samples < 0)
        {
            throw new DistGanException($"A contribution of {offer.Samples} samples by replica {offer.Replica} does not fit a merge of {_settings.Replicas} replicas.");
        }

        var length = Version > 0 ? _centre.Length : _members.Count > 0 ? _members.First().Value.Values.Length : offer.Values.Length;
        if (offer.Values.Length != length || length == 0)
        {
            throw new DistGanException($"A contribution of {offer.Values.Length} numbers by replica {offer.Replica} does not fit a merge of {length}: all replicas must have the same networks.");
        }
    }

    private MergeAnswer Packed(MergeAnswer answer)
    {
        if (_settings.Wire == WireFormat.Float32 || _outcome is not { } before)
        {
            return answer;
        }

        var values = answer.Values.ToArray();
        var origin = before.Values.Span;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] -= origin[i];
        }

        var difference = WireNumbers.Of(_settings.Wire, values);
        var sent = difference.AddTo(origin);
        var target = answer.Values.Span;
        for (var i = 0; i < sent.Length; i++)
        {
            values[i] = target[i] - sent[i];
        }

        _lost = _settings.Rule == MergeRule.Elastic ? [] : values;
        return answer with { Values = sent, Difference = difference };
    }

    private (ReadOnlyMemory<float> Target, double Pull) Merge()
    {
        var mean = Mean();
        var old = _centre;
        var isFirst = Version++ == 0;
        if (isFirst || _settings.Rule == MergeRule.Mean)
        {
            _centre = ToSingle(mean);
        }
        else
        {
            _centre = _settings.Rule == MergeRule.Elastic ? Follow(old.Span, mean) : Step(old.Span, mean);
        }

        return _settings.Rule == MergeRule.Elastic
            ? (isFirst ? _centre : old, _settings.Elasticity / _members.Count)
            : (_centre, 1);
    }

    private double[] Mean()
    {
        var mean = new double[_members.First().Value.Values.Length];
        var total = (double)_members.Values.Sum(static member => member.Samples);
        foreach (var member in _members.Values)
        {
            FloatSpans.AddTo(mean, member.Values.Span, total > 0 ? member.Samples / total : 1.0 / _members.Count);
        }

        FloatSpans.AddTo(mean, _lost);
        return mean;
    }

    private float[] Follow(ReadOnlySpan<float> centre, double[] mean)
    {
        var moved = new float[mean.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] = (float)(centre[i] + (_settings.Elasticity * (mean[i] - centre[i])));
        }

        return moved;
    }

    private float[] Step(ReadOnlySpan<float> centre, double[] mean)
    {
        var (moved, velocity) = (new float[mean.Length], new float[mean.Length]);
        var before = _velocity.Span;
        for (var i = 0; i < moved.Length; i++)
        {
            var gradient = centre[i] - mean[i];
            var v = (_settings.OuterMomentum * (before.IsEmpty ? 0 : before[i])) + gradient;
            velocity[i] = (float)v;
            moved[i] = (float)(centre[i] - (_settings.OuterRate * (gradient + (_settings.OuterMomentum * v))));
        }

        _velocity = velocity;
        return moved;
    }

    private static float[] ToSingle(double[] values) => Array.ConvertAll(values, static value => (float)value);
}
