using Orleans.Concurrency;

namespace DistGan.Grains.Interfaces.Parameters;

/// <summary>The merge of one range of a vector over the replicas of a job, round after round. Key: job/vector/shard; a shard is at most 262,144 numbers (1 MiB).</summary>
[Alias("distgan.merge")]
public interface IMergeGrain : IGrainWithStringKey
{
    /// <summary>Starts over for a start of the job, with what a snapshot knew (null for nothing); a second open of the same start changes only the number of replicas and the quorum.</summary>
    [Alias("open")]
    Task OpenAsync(long start, MergeSettings settings, MergeState? state, CancellationToken cancellationToken = default);

    /// <summary>Puts a replica's numbers into the open round, in place of what it offered to that round before; returns at once.</summary>
    [Alias("offer")]
    Task<MergeTicket> OfferAsync(MergeOffer offer, CancellationToken cancellationToken = default);

    /// <summary>The outcome of a round: returns when the round closes, which it does at its deadline at the latest. Of a round long closed, the newest outcome.</summary>
    /// <param name="round">The round.</param>
    /// <param name="known">The merge whose outcome the caller has: to it alone the next may be sent as a difference. 0 for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("merged"), AlwaysInterleave]
    Task<MergeAnswer> MergedAsync(long round, long known = 0, CancellationToken cancellationToken = default);

    /// <summary>What the merge remembers between rounds; null before the first merge.</summary>
    [Alias("capture"), AlwaysInterleave]
    Task<MergeState?> CaptureAsync(CancellationToken cancellationToken = default);
}
