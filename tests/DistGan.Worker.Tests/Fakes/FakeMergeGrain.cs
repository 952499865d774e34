using System.Collections.Concurrent;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Parameters;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>A merge in memory whose rounds close when they are complete; it can lose its state.</summary>
internal sealed class FakeMergeGrain : IMergeGrain
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, TaskCompletionSource<MergeAnswer>> _rounds = [];
    private RoundMerge? _merge;

    /// <summary>Everything that was offered, in order.</summary>
    public ConcurrentQueue<MergeOffer> Offers { get; } = [];

    /// <summary>Everything that was answered, in order.</summary>
    public ConcurrentQueue<MergeAnswer> Answers { get; } = [];

    public Task OpenAsync(long start, MergeSettings settings, MergeState? state, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _merge ??= new RoundMerge(settings, state);
        }

        return Task.CompletedTask;
    }

    public Task<MergeTicket> OfferAsync(MergeOffer offer, CancellationToken cancellationToken = default)
    {
        Offers.Enqueue(offer);
        lock (_gate)
        {
            if (_merge is null)
            {
                return Task.FromResult(new MergeTicket { Outcome = OfferOutcome.NotOpen });
            }

            var round = _merge.Round;
            var outcome = _merge.Offer(offer, TimeSpan.Zero);
            if (_merge.IsComplete)
            {
                Of(round).TrySetResult(_merge.Close());
            }

            return Task.FromResult(new MergeTicket { Outcome = outcome, Round = outcome == OfferOutcome.NotFinite ? 0 : round });
        }
    }

    public async Task<MergeAnswer> MergedAsync(long round, long known = 0, CancellationToken cancellationToken = default)
    {
        Task<MergeAnswer> answer;
        lock (_gate)
        {
            answer = Of(round).Task;
        }

        var told = RoundMerge.ForOneThatKnows(await answer, known);
        Answers.Enqueue(told);
        return told;
    }

    public Task<MergeState?> CaptureAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_merge?.Capture());
        }
    }

    public void LoseState()
    {
        lock (_gate)
        {
            _merge = null;
            _rounds.Clear();
        }
    }

    private TaskCompletionSource<MergeAnswer> Of(long round)
    {
        if (!_rounds.TryGetValue(round, out var closed))
        {
            _rounds.Add(round, closed = new TaskCompletionSource<MergeAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        return closed;
    }
}
