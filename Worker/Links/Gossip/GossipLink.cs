using DistGan.Grains.Interfaces.Parameters.Gossip;
using DistGan.Recipes;
using DistGan.Training.Links;

namespace DistGan.Worker.Links.Gossip;

/// <summary>
/// Gossip as one replica sees it (<see cref="GossipRule"/>): what it contributes goes into its own mailboxes, beside the training thread, and the newest
/// numbers of one other replica come back, without waiting for anybody. Who has no numbers, or too old ones, is passed over for the next in the draw.
/// </summary>
internal sealed class GossipLink : IMergeLink
{
    /// <summary>Replicas in an exchange.</summary>
    private const int Pair = 2;

    private readonly Mailboxes _mailboxes;
    private readonly GossipRule _rule;
    private readonly Func<int> _replicas;
    private readonly GossipOwner _owner;
    private readonly LinkHealth _health;
    private readonly AnswerBox<MergedParameters> _answers;
    private readonly LinkPump _pump;

    /// <summary>Offers so far; touched by the pump alone.</summary>
    private long _sequence;

    /// <param name="mailboxes">Those of all replicas of the job.</param>
    /// <param name="rule">How far to move, and towards whom.</param>
    /// <param name="replicas">Replicas that the job has as of now: more or fewer may train.</param>
    /// <param name="owner">Who gossips.</param>
    /// <param name="settings">Time and queue bounds.</param>
    /// <param name="events">Where staleness is told.</param>
    /// <param name="time">Measures patience.</param>
    public GossipLink(Mailboxes mailboxes, GossipRule rule, Func<int> replicas, GossipOwner owner, LinkSettings settings, IEventSink events, TimeProvider time)
    {
        (_mailboxes, _rule, _replicas, _owner) = (mailboxes, rule, replicas, owner);
        _health = new LinkHealth("exchange with other replicas", EventKinds.MergesStale, EventKinds.MergesRecovered, events);
        _answers = new AnswerBox<MergedParameters>("gossip", _health, settings.Patience, time);
        _pump = new LinkPump(settings.Capacity);
    }

    /// <summary>There is nothing that replicas share: each has its own numbers in its own snapshots.</summary>
    public Task StartAsync(MergeStates? states)
    {
        _pump.DropOffers();
        _answers.Clear();
        _health.Reset();
        return Task.CompletedTask;
    }

    public void Contribute(MergeContribution contribution)
    {
        var generation = _answers.Generation;
        _answers.Ask(contribution.Boundary);
        _pump.Offer(cancellationToken => ExchangeAsync(generation, contribution, cancellationToken), () => _answers.Lose(generation, contribution.Boundary));
    }

    public MergedParameters? Take(long boundary) => _answers.Take(boundary);

    public Task<MergeStates?> CaptureAsync(bool withCentres = true) => Task.FromResult<MergeStates?>(null);

    /// <summary>The newest numbers of the replica that is furthest; of equals, of the one that the draw asks first.</summary>
    public async Task<MergedParameters?> CurrentAsync(long boundary)
    {
        // All at the same time: whoever does not answer costs its time once.
        var others = GossipRule.Partners(_owner.Seeds, boundary, _replicas());
        var headers = await Task.WhenAll(others.Select(other => TryAsync(() => _mailboxes.NewestAsync(other, _owner.Start, CancellationToken.None))));
        foreach (var (other, newest) in others.Zip(headers).Where(static entry => entry.Second is not null).OrderByDescending(static entry => entry.Second!.Rounds))
        {
            if (await TryAsync(() => _mailboxes.ReadAsync(other, newest!, CancellationToken.None)) is { } vectors)
            {
                return new MergedParameters(boundary, newest!.Rounds - boundary, 0, 1, vectors.ToDictionary(static pair => pair.Key, static pair => new MergeTarget(pair.Value, pair.Value)));
            }
        }

        return null;
    }

    public ValueTask DisposeAsync() => _pump.DisposeAsync();

    private async Task ExchangeAsync(long generation, MergeContribution contribution, CancellationToken cancellationToken)
    {
        try
        {
            _answers.Put(generation, contribution.Boundary, await OfferAndTakeAsync(contribution, cancellationToken));
        }
        catch (Exception exception)
        {
            _health.Failed(exception.FirstLine());
            throw;
        }
    }

    /// <summary>The version of a contribution is how many more rounds of training are in its numbers than the replica has made itself.</summary>
    private async Task<MergedParameters> OfferAndTakeAsync(MergeContribution contribution, CancellationToken cancellationToken)
    {
        var header = new GossipHeader
        {
            Start = _owner.Start,
            Epoch = _owner.Epoch,
            Sequence = ++_sequence,
            Rounds = contribution.Boundary + contribution.Version,
            Lengths = Mailboxes.LengthsOf(contribution.Vectors),
        };
        var skipped = 0;
        if (await _mailboxes.OfferAsync(_owner.Seeds.Replica, header, contribution.Vectors, cancellationToken) == GossipOutcome.Kept)
        {
            foreach (var other in GossipRule.Partners(_owner.Seeds, contribution.Boundary, _replicas()))
            {
                if (await TryAsync(() => TakeAsync(other, header, contribution, cancellationToken)) is { } taken)
                {
                    taken.Skipped = skipped;
                    return taken;
                }

                skipped++;
            }
        }

        return new MergedParameters(contribution.Boundary, contribution.Version, 0, 1, new Dictionary<MergedVector, MergeTarget>()) { Skipped = skipped };
    }

    /// <summary>Where to move for the sake of another replica; null where it is to be passed over.</summary>
    private async Task<MergedParameters?> TakeAsync(int other, GossipHeader own, MergeContribution contribution, CancellationToken cancellationToken)
    {
        if (await _mailboxes.NewestAsync(other, _owner.Start, cancellationToken) is not { } newest
            || !newest.Lengths.SequenceEqual(own.Lengths)
            || _rule.Towards(own.Rounds, newest.Rounds) is not var (pull, rounds)
            || await _mailboxes.ReadAsync(other, newest, cancellationToken) is not { } vectors)
        {
            return null;
        }

        var targets = vectors.ToDictionary(static pair => pair.Key, pair => new MergeTarget(contribution.Vectors[pair.Key], pair.Value));
        return new MergedParameters(contribution.Boundary, rounds - contribution.Boundary, Pair, pull, targets);
    }

    /// <summary>Nothing, where the other's mailbox does not answer: its silo may be gone.</summary>
    private async Task<T?> TryAsync<T>(Func<Task<T?>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            _health.Failed(exception.FirstLine());
            return null;
        }
    }
}
