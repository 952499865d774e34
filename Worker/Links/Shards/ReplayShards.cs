using System.Globalization;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Replay.Rings;
using DistGan.Recipes;
using DistGan.Training.Links;

namespace DistGan.Worker.Links.Shards;

/// <summary>
/// All shards of a job's replay buffer as one replica draws from them: first each says what it holds, then each gives its part, all at the same time and
/// each within a time of its own. Of many shards eight others are asked in a round, drawn anew each time, so that a round costs a job no more than its replicas. A shard that is slow or gone is left out; after that it is passed over for 1, 3, and then 7 rounds at a time.
/// </summary>
/// <param name="shards">The shards.</param>
/// <param name="own">That of the replica: what it was pushed is in it already, and without it there are no draws.</param>
/// <param name="asker">Who asks: the replica, how often an image of another one is drawn for each own one, and the start of the job.</param>
/// <param name="budget">Bytes of all shards.</param>
/// <param name="timeout">How long a shard may take to answer.</param>
/// <param name="health">Where staleness is told.</param>
/// <param name="time">Measures calls.</param>
internal sealed class ReplayShards(
    IReadOnlyList<IReplayBufferGrain> shards, int own, ShardAsker asker, long budget, TimeSpan timeout, LinkHealth health, TimeProvider time)
{
    /// <summary>Other shards that are asked in a round.</summary>
    public const int MostOthers = 8;

    private const int MostMisses = 3;
    private static readonly ReplayChunk Nothing = new() { Groups = [], Images = default };

    private readonly int[] _misses = new int[shards.Count];
    private readonly long[] _passedUntil = new long[shards.Count];

    /// <summary>Draws from all shards; and how many gave nothing although they were to be asked.</summary>
    /// <exception cref="ReplayNotSizedException">The replica's own shard has no size.</exception>
    public async Task<(ReplayAnswer Answer, int Missed)> DrawAsync(long boundary, ReplayRequest request, CancellationToken cancellationToken)
    {
        var chosen = Chosen(request.Seed);
        var held = await AskAsync(boundary, (_, shard) => shard.HoldingsAsync(asker.Start, asker.Replica, cancellationToken), IsWanted, cancellationToken);
        if (held[own] is null)
        {
            throw new ReplayNotSizedException("The replica's own part of the replay buffer does not say what it holds.");
        }

        var mixture = new ShardMixture(held, asker.OthersWeight, request, own, Scale);
        var answers = await AskAsync<ReplayAnswer>(boundary, Draw, index => mixture.Counts[index] > 0, cancellationToken);
        var missed = Enumerable.Range(0, shards.Count).Count(index => IsOfUse(index) && chosen[index] && (held[index] is null || (mixture.Counts[index] > 0 && answers[index] is null)));
        return (ShardAnswers.Join(mixture, answers, held, request, (budget, own, Scale)), missed);

        bool IsWanted(int index) => index == own || (IsOfUse(index) && chosen[index] && boundary >= _passedUntil[index]);

        async Task<ReplayAnswer?> Draw(int index, IReplayBufferGrain shard) => await shard.ExchangeAsync(
            new ReplayExchange
            {
                Push = Nothing,
                Draws = mixture.Counts[index],
                ImagesPerDraw = mixture.UnitImages,
                Grouped = request.Grouped,
                Seed = mixture.Seeds[index],
                Replica = asker.Replica,
                OthersWeight = asker.OthersWeight,
            },
            cancellationToken);
    }

    /// <summary>What each other shard that is asked stands for: so many others.</summary>
    private double Scale => Math.Max(1, (shards.Count - 1) / (double)MostOthers);

    /// <summary>The shards of a round: all, or one's own and a sample of the others without repetition.</summary>
    private bool[] Chosen(long seed)
    {
        var chosen = new bool[shards.Count];
        if (shards.Count - 1 <= MostOthers)
        {
            Array.Fill(chosen, true);
            return chosen;
        }

        var random = new SplitMix64(~seed);
        var others = Enumerable.Range(0, shards.Count).Where(index => index != own).ToArray();
        for (var taken = 0; taken < MostOthers; taken++)
        {
            var next = taken + (int)(random.Fraction() * (others.Length - taken));
            (others[taken], others[next]) = (others[next], others[taken]);
            chosen[others[taken]] = true;
        }

        chosen[own] = true;
        return chosen;
    }

    /// <summary>Own images are in one's own shard alone.</summary>
    private bool IsOfUse(int index) => index == own || asker.OthersWeight > 0;

    private Task<T?[]> AskAsync<T>(long boundary, Func<int, IReplayBufferGrain, Task<T?>> call, Func<int, bool> isAsked, CancellationToken cancellationToken)
        where T : class
        => Task.WhenAll(shards.Select((shard, index) => isAsked(index) ? TryAsync(boundary, index, () => call(index, shard), cancellationToken) : Task.FromResult<T?>(null)));

    private async Task<T?> TryAsync<T>(long boundary, int index, Func<Task<T?>> call, CancellationToken cancellationToken)
        where T : class
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"replay shard {index}");
        var since = time.GetTimestamp();
        try
        {
            var answer = await call().WaitAsync(timeout, time, cancellationToken);
            _misses[index] = 0;
            if (answer is not null)
            {
                health.Fresh(name, boundary);
            }

            return answer;
        }
        catch (ReplayNotSizedException) when (index == own)
        {
            throw;
        }
#pragma warning disable CA1031 // whatever keeps a shard from answering costs its part of the draws, not the others'
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _misses[index] = Math.Min(MostMisses, _misses[index] + 1);
            _passedUntil[index] = boundary + (1L << _misses[index]);
            health.Failed($"{name}: {exception.FirstLine()}");
            health.Missed(name, boundary, time.GetElapsedTime(since));
            return null;
        }
    }
}
