using System.Globalization;
using DistGan.Grains.Interfaces.Parameters.Gossip;
using DistGan.Training.Links;

namespace DistGan.Worker.Links.Gossip;

/// <summary>
/// Whole vectors in the mailboxes of replicas, in shards of at most 1 MiB, at most four on their way at a time. The first shard is offered last: where an
/// offer is seen there, all of it lies in the others.
/// </summary>
/// <param name="grain">The mailbox of a replica for a vector's shard.</param>
/// <param name="timeout">How long a call may take.</param>
/// <param name="time">Measures calls.</param>
internal sealed class Mailboxes(Func<int, MergedVector, int, IGossipGrain> grain, TimeSpan timeout, TimeProvider time)
{
    private const int CallsInFlight = 4;

    /// <summary>The grain key of a shard.</summary>
    public static string KeyOf(string job, int replica, MergedVector vector, int shard) => string.Create(
        CultureInfo.InvariantCulture, $"{job}/{replica}/{vector.Key()}/{shard}");

    /// <summary>How long the vectors of an offer are.</summary>
    public static IReadOnlyList<int> LengthsOf(IReadOnlyDictionary<MergedVector, ReadOnlyMemory<float>> vectors)
        => [.. MergeVectors.All.Select(vector => vectors.TryGetValue(vector, out var values) ? values.Length : 0)];

    /// <summary>Offers a replica's vectors; what is said of them is the worst that is said of a shard, and none is offered that follows it.</summary>
    public async Task<GossipOutcome> OfferAsync(
        int replica, GossipHeader header, IReadOnlyDictionary<MergedVector, ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken)
    {
        var parts = Cut(header).ToList();
        var outcomes = new GossipOutcome[parts.Count];
        await ForEachAsync(parts.Count - 1, async (index, token) => outcomes[index + 1] = await SendAsync(parts[index + 1], token), cancellationToken);
        return outcomes.Max() is var worst and not GossipOutcome.Kept ? worst : await SendAsync(parts[0], cancellationToken);

        Task<GossipOutcome> SendAsync(Part part, CancellationToken token)
            => CallAsync(grain(replica, part.Vector, part.Shard).OfferAsync(new GossipOffer { Header = header, Values = vectors[part.Vector].Slice(part.Start, part.Count) }, token), token);
    }

    /// <summary>What a replica offered last in a start of the job; null for nothing.</summary>
    public Task<GossipHeader?> NewestAsync(int replica, long start, CancellationToken cancellationToken)
        => CallAsync(grain(replica, MergeVectors.All[0], 0).NewestAsync(start, cancellationToken), cancellationToken);

    /// <summary>The vectors of an offer; null where a part of it has made room for newer ones.</summary>
    public async Task<IReadOnlyDictionary<MergedVector, ReadOnlyMemory<float>>?> ReadAsync(int replica, GossipHeader header, CancellationToken cancellationToken)
    {
        var vectors = MergeVectors.All.Zip(header.Lengths).Where(static pair => pair.Second > 0).ToDictionary(static pair => pair.First, static pair => new float[pair.Second]);
        var parts = Cut(header).ToList();
        var missing = 0;
        await ForEachAsync(parts.Count, async (index, token) =>
        {
            var part = parts[index];
            var offer = await CallAsync(grain(replica, part.Vector, part.Shard).ReadAsync(header, token), token);
            if (offer?.Values.Length == part.Count)
            {
                offer.Values.CopyTo(vectors[part.Vector].AsMemory(part.Start));
            }
            else
            {
                Interlocked.Increment(ref missing);
            }
        }, cancellationToken);
        return missing > 0 ? null : vectors.ToDictionary(static pair => pair.Key, static pair => (ReadOnlyMemory<float>)pair.Value);
    }

    private static IEnumerable<Part> Cut(GossipHeader header)
    {
        foreach (var (vector, length) in MergeVectors.All.Zip(header.Lengths))
        {
            for (var (shard, start) = (0, 0); start < length; shard++, start += ParameterLink.ShardLength)
            {
                yield return new Part(vector, shard, start, Math.Min(ParameterLink.ShardLength, length - start));
            }
        }
    }

    private static Task ForEachAsync(int count, Func<int, CancellationToken, Task> body, CancellationToken cancellationToken)
        => Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = CallsInFlight, CancellationToken = cancellationToken },
            (index, token) => new ValueTask(body(index, token)));

    private Task<T> CallAsync<T>(Task<T> call, CancellationToken cancellationToken) => call.WaitAsync(timeout, time, cancellationToken);

    private readonly record struct Part(MergedVector Vector, int Shard, int Start, int Count);
}
