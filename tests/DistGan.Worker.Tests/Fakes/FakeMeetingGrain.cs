using DistGan.Grains.Discriminators;
using DistGan.Grains.Interfaces.Discriminators;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>A meeting in memory; it can be held up, made to fail, or lose its state.</summary>
internal sealed class FakeMeetingGrain : IMeetingGrain
{
    private readonly Lock _gate = new();
    private Meeting _meeting = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Awaited by every call before it does anything.</summary>
    public Func<Task> Before { get; set; } = static () => Task.CompletedTask;

    public VersionNotice? Newest => Locked(static meeting => meeting.Newest);

    public void LoseState() => Change(_ => _meeting = new Meeting());

    public async Task PutAsync(int batch, NumbersPart part, CancellationToken cancellationToken = default)
    {
        await Before();
        Change(meeting => meeting.Put(batch, part));
    }

    public async Task<bool> AnnounceAsync(VersionNotice notice, CancellationToken cancellationToken = default)
    {
        await Before();
        var isNew = false;
        Change(meeting => isNew = meeting.Announce(notice));
        return isNew;
    }

    public async Task<NextVersion> NextAsync(int replica, VersionId known, TimeSpan wait, CancellationToken cancellationToken = default)
    {
        await Before();
        VersionNotice? notice = null;
        await UntilAsync(meeting => meeting.IsOver(known.Start) || (notice = meeting.Next(replica, known)) is not null, wait, cancellationToken);
        return new NextVersion { Notice = notice, IsOver = Locked(meeting => meeting.IsOver(known.Start)) };
    }

    public async Task<ReadOnlyMemory<float>> ReadAsync(VersionId version, int batch, int part, CancellationToken cancellationToken = default)
    {
        await Before();
        return Locked(meeting => meeting.Read(version, batch, part));
    }

    public async Task AnswerAsync(int replica, NumbersPart part, CancellationToken cancellationToken = default)
    {
        await Before();
        Change(meeting => meeting.Answer(replica, part));
    }

    public async Task<FeedbackNotice> HearAsync(VersionId version, int quorum, TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        await Before();
        await UntilAsync(meeting => meeting.Newest?.Version != version || meeting.IsComplete(quorum), deadline, cancellationToken);
        return Locked(meeting => meeting.Hear(version));
    }

    public async Task<ReadOnlyMemory<float>> SumAsync(VersionId version, int batch, int part, CancellationToken cancellationToken = default)
    {
        await Before();
        return Locked(meeting => meeting.Sum(version, batch, part));
    }

    public Task CloseAsync(long start, CancellationToken cancellationToken = default)
    {
        Change(meeting => meeting.Close(start));
        return Task.CompletedTask;
    }

    private T Locked<T>(Func<Meeting, T> read)
    {
        lock (_gate)
        {
            return read(_meeting);
        }
    }

    private void Change(Action<Meeting> change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change(_meeting);
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }

    private async Task UntilAsync(Func<Meeting, bool> isSo, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (limit - TimeProvider.System.GetElapsedTime(start) is { Ticks: > 0 } left)
        {
            Task changed;
            lock (_gate)
            {
                if (isSo(_meeting))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await Task.WhenAny(changed.WaitAsync(left, cancellationToken));
        }
    }
}
