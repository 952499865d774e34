using System.Collections.Concurrent;
using DistGan.Grains.Interfaces.Parameters.Gossip;
using DistGan.Grains.Parameters.Gossip;
using DistGan.Training.Links;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>The mailboxes of a job in memory; those of a replica can be gone.</summary>
internal sealed class FakeMailboxes
{
    private readonly ConcurrentDictionary<(int Replica, MergedVector Vector, int Shard), FakeGossipBox> _all = new();

    /// <summary>Replicas whose mailboxes do not answer.</summary>
    public HashSet<int> Gone { get; } = [];

    public IReadOnlyCollection<(int Replica, MergedVector Vector, int Shard)> Keys => [.. _all.Keys];

    public FakeGossipBox Of(int replica, MergedVector vector, int shard) => _all.GetOrAdd((replica, vector, shard), key => new FakeGossipBox(() => Gone.Contains(key.Replica)));

    internal sealed class FakeGossipBox(Func<bool> isGone) : IGossipGrain
    {
        private readonly Lock _gate = new();
        private readonly Mailbox _mailbox = new();

        public Task<GossipOutcome> OfferAsync(GossipOffer offer, CancellationToken cancellationToken = default) => AnswerAsync(() => _mailbox.Offer(offer));

        public Task<GossipHeader?> NewestAsync(long start, CancellationToken cancellationToken = default) => AnswerAsync(() => _mailbox.Newest(start));

        public Task<GossipOffer?> ReadAsync(GossipHeader header, CancellationToken cancellationToken = default) => AnswerAsync(() => _mailbox.Read(header));

        private Task<T> AnswerAsync<T>(Func<T> answer)
        {
            lock (_gate)
            {
                return isGone() ? Task.FromException<T>(new TimeoutException("gone by the test")) : Task.FromResult(answer());
            }
        }
    }
}
