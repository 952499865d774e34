using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Recipes;
using DistGan.Training.Links;

namespace DistGan.Worker.Links;

/// <summary>
/// What the replica of the generator says and hears in a meeting. While the meeting does not answer nobody waits for it: a version is sent when the
/// call before has ended, and the first that is heard ends this.
/// </summary>
internal sealed class GeneratorSide(IMeetingGrain meeting, DiscriminatorSettings settings, LinkSettings link, Func<int> replicas, IEventSink events, TimeProvider time)
{
    private readonly WaitHealth _health = new(
        (EventKinds.FeedbackStale, "The other discriminators cannot be heard; the generator trains on with its own"),
        (EventKinds.FeedbackRecovered, "The other discriminators are heard again."),
        events);

    private Task _last = Task.CompletedTask;
    private VersionId? _sent;
    private int _attempt;
    private int _batches = 1;
    private IReadOnlyList<int> _heard = [0];

    /// <summary>Who answered the version before in time, and this replica.</summary>
    public IReadOnlyList<int> Members { get; private set; } = [0];

    /// <summary>The version that was sent last.</summary>
    public VersionId Version => _sent ?? default;

    /// <summary>Versions from now on are another attempt of this owner.</summary>
    public void Restart()
    {
        _attempt++;
        (_sent, Members) = (null, [0]);
        _health.Reset();
    }

    public void Send(GeneratorVersion version, CancellationToken stop)
    {
        if (!_last.IsCompleted)
        {
            _sent = null;
            return;
        }

        var id = new VersionId(settings.Start, settings.Epoch, _attempt, version.Version);
        (_sent, _batches) = (id, version.Batches.Count);
        _last = DetachedTask.Run(() => SendAsync(id, version, stop));
    }

    public GeneratorFeedback? Hear(CancellationToken stop)
    {
        if (_sent is not { } id)
        {
            return null;
        }

        var (sending, start) = (_last, time.GetTimestamp());
        GeneratorFeedback? feedback = null;
        var hearing = DetachedTask.Run(async () =>
        {
            await sending;
            feedback = await HearAsync(id, stop);
            _health.Fresh();
        });
        _last = hearing;
        var isOver = Waiting.For(hearing, _health.IsStale ? TimeSpan.Zero : settings.Deadline + link.CallTimeout, time);
        if (!isOver || !hearing.IsCompletedSuccessfully)
        {
            if (hearing.Exception?.InnerException is { } exception)
            {
                _health.Failed(exception.FirstLine());
            }

            Members = [0];
            _health.Missed(time.GetElapsedTime(start));
            return null;
        }

        Members = _heard;
        return feedback;
    }

    private async Task SendAsync(VersionId id, GeneratorVersion version, CancellationToken stop)
    {
        for (var batch = 0; batch < version.Batches.Count; batch++)
        {
            var number = batch;
            await PartedNumbers.SendAsync(id, version.Batches[batch], (part, token) => CallAsync(meeting.PutAsync(number, part, token), token), stop);
        }

        var notice = new VersionNotice
        {
            Version = id,
            Batches = version.Batches.Count,
            Parts = PartedNumbers.Parts(version.Batches[0].Length),
            Replicas = replicas(),
            Swap = version.Swap?.Number ?? 0,
            SwapMembers = version.Swap?.Members ?? [],
        };
        if (!await meeting.AnnounceAsync(notice, stop).WaitAsync(link.CallTimeout, time, stop))
        {
            throw new DistGanException("the grain of the meeting has moved, a newer owner of the generator is known, or samples are not finite");
        }
    }

    private async Task<GeneratorFeedback> HearAsync(VersionId id, CancellationToken stop)
    {
        var notice = await meeting.HearAsync(id, settings.Quorum, settings.Deadline, stop).WaitAsync(settings.Deadline + link.CallTimeout, time, stop);
        if (!notice.IsKnown)
        {
            throw new DistGanException("the grain of the meeting has moved and lost its state");
        }

        var sums = new Dictionary<int, ReadOnlyMemory<float>>();
        foreach (var batch in notice.Members.Select(replica => replica % _batches).Distinct())
        {
            sums[batch] = await PartedNumbers.ReadAsync(notice.Parts, (part, token) => meeting.SumAsync(id, batch, part, token).WaitAsync(link.CallTimeout, time, token), stop)
                ?? throw new DistGanException("the grain of the meeting has moved and lost its state");
        }

        _heard = [0, .. notice.Members];
        return new GeneratorFeedback(notice.Members.Count, notice.Late, sums);
    }

    private Task CallAsync(Task call, CancellationToken token) => call.WaitAsync(link.CallTimeout, time, token);
}
