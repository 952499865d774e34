using DistGan.Grains.Interfaces.Parameters;
using Microsoft.Extensions.Logging;

namespace DistGan.Grains.Parameters;

/// <summary>A <see cref="RoundMerge"/>, and those who wait for its rounds; whoever waits at a deadline closes the round.</summary>
[KeepAlive]
internal sealed partial class MergeGrain(TimeProvider time, ILogger<MergeGrain> logger) : Grain, IMergeGrain
{
    private readonly long _origin = time.GetTimestamp();
    private RoundMerge? _merge;
    private MergeAnswer? _last;
    private TaskCompletionSource _closed = NewSignal();
    private long _start;

    private TimeSpan Now => time.GetElapsedTime(_origin);

    public Task OpenAsync(long start, MergeSettings settings, MergeState? state, CancellationToken cancellationToken = default)
    {
        if (_merge is null || _start != start)
        {
            (_merge, _last, _start) = (new RoundMerge(settings, state), null, start);
            Signal();
        }
        else
        {
            _merge.Resize(settings.Replicas, settings.Quorum);
        }

        return Task.CompletedTask;
    }

    public Task<MergeTicket> OfferAsync(MergeOffer offer, CancellationToken cancellationToken = default)
    {
        if (_merge is not { } merge)
        {
            return Task.FromResult(new MergeTicket { Outcome = OfferOutcome.NotOpen });
        }

        // Nobody may be left to wait at the deadline of a round whose members have all died.
        if (merge.IsOpened && merge.Left(Now) <= TimeSpan.Zero)
        {
            Close(merge);
        }

        var round = merge.Round;
        var outcome = merge.Offer(offer, Now);
        if (outcome == OfferOutcome.NotFinite)
        {
            LogRefused(logger, this.GetPrimaryKeyString(), offer.Replica, merge.Refused);
        }

        if (merge.IsComplete)
        {
            Close(merge);
        }

        return Task.FromResult(new MergeTicket { Outcome = outcome, Round = outcome == OfferOutcome.NotFinite ? 0 : round });
    }

    public async Task<MergeAnswer> MergedAsync(long round, long known = 0, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_last is { } last && last.Round >= round)
            {
                return RoundMerge.ForOneThatKnows(last, known);
            }

            // A round of an earlier start has no outcome any more.
            if (_merge is not { } merge || round != merge.Round || !merge.IsOpened)
            {
                return new MergeAnswer { Round = round, Members = 0, Version = _merge?.Version ?? 0, Pull = 1, Values = default };
            }

            var left = merge.Left(Now);
            if (left <= TimeSpan.Zero)
            {
                Close(merge);
                continue;
            }

            try
            {
                await _closed.Task.WaitAsync(left, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // The deadline: the next turn of the loop closes the round.
            }
        }
    }

    public Task<MergeState?> CaptureAsync(CancellationToken cancellationToken = default) => Task.FromResult(_merge?.Capture());

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Close(RoundMerge merge)
    {
        _last = merge.Close();
        Signal();
    }

    private void Signal()
    {
        var closed = _closed;
        _closed = NewSignal();
        closed.TrySetResult();
    }
}
