using DistGan.Grains.Interfaces.Discriminators;

namespace DistGan.Grains.Discriminators;

/// <summary>A <see cref="Meeting"/>, and those who wait for it. Once nobody calls any more it goes, and its numbers with it.</summary>
internal sealed class MeetingGrain(TimeProvider time) : Grain, IMeetingGrain
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private readonly Meeting _meeting = new();
    private readonly Waiters _waiters = new(time);

    public Task PutAsync(int batch, NumbersPart part, CancellationToken cancellationToken = default)
    {
        _meeting.Put(batch, part);
        return Task.CompletedTask;
    }

    public Task<bool> AnnounceAsync(VersionNotice notice, CancellationToken cancellationToken = default)
    {
        var isNew = _meeting.Announce(notice);
        _waiters.Changed();
        return Task.FromResult(isNew);
    }

    public async Task<NextVersion> NextAsync(int replica, VersionId known, TimeSpan wait, CancellationToken cancellationToken = default)
    {
        VersionNotice? notice = null;
        await _waiters.UntilAsync(() => _meeting.IsOver(known.Start) || (notice = _meeting.Next(replica, known)) is not null, Bounded(wait), cancellationToken);
        return new NextVersion { Notice = notice, IsOver = _meeting.IsOver(known.Start) };
    }

    public Task<ReadOnlyMemory<float>> ReadAsync(VersionId version, int batch, int part, CancellationToken cancellationToken = default)
        => Task.FromResult(_meeting.Read(version, batch, part));

    public Task AnswerAsync(int replica, NumbersPart part, CancellationToken cancellationToken = default)
    {
        _meeting.Answer(replica, part);
        _waiters.Changed();
        return Task.CompletedTask;
    }

    public async Task<FeedbackNotice> HearAsync(VersionId version, int quorum, TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        await _waiters.UntilAsync(() => _meeting.Newest?.Version != version || _meeting.IsComplete(quorum), Bounded(deadline), cancellationToken);
        return _meeting.Hear(version);
    }

    public Task<ReadOnlyMemory<float>> SumAsync(VersionId version, int batch, int part, CancellationToken cancellationToken = default)
        => Task.FromResult(_meeting.Sum(version, batch, part));

    public Task CloseAsync(long start, CancellationToken cancellationToken = default)
    {
        _meeting.Close(start);
        _waiters.Changed();
        return Task.CompletedTask;
    }

    private static TimeSpan Bounded(TimeSpan wait) => wait < LongestWait ? wait : LongestWait;
}
