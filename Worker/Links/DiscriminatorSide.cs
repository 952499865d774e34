using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Recipes;
using DistGan.Training.Links;

namespace DistGan.Worker.Links;

/// <summary>What a replica without a generator takes from a meeting and answers: one task beside the training thread asks until there is a version.</summary>
internal sealed class DiscriminatorSide(IMeetingGrain meeting, DiscriminatorSettings settings, LinkSettings link, IEventSink events, TimeProvider time)
{
    /// <summary>How long the training thread waits before it looks whether it is to end.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>How long the meeting keeps a question.</summary>
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly WaitHealth _health = new(
        (EventKinds.WorkStale, "No version of the generator comes; the discriminator waits for one"),
        (EventKinds.WorkRecovered, "Versions of the generator come again."),
        events);

    private Task _answered = Task.CompletedTask;
    private Task<DiscriminatorTask?>? _asked;
    private long _since;
    private VersionId _known = new(settings.Start, 0, 0, 0);
    private volatile bool _isOver;

    public bool IsOver => _isOver;

    /// <summary>The version that was taken last.</summary>
    public VersionId Version => _known;

    /// <summary>Forgets what was taken; the newest version may come again.</summary>
    public void Restart()
    {
        if (_asked is null)
        {
            _known = new VersionId(settings.Start, 0, 0, 0);
        }

        _health.Reset();
    }

    public DiscriminatorTask? Next(CancellationToken stop)
    {
        if (_asked is null)
        {
            _since = time.GetTimestamp();
            var answered = _answered;
            _asked = RunAsync(() => AskAsync(answered, stop));
        }

        if (!Waiting.For(_asked, Moment, time))
        {
            if (time.GetElapsedTime(_since) >= link.Patience)
            {
                _health.Missed(time.GetElapsedTime(_since));
            }

            return null;
        }

        var task = _asked.IsCompletedSuccessfully ? _asked.Result : null;
        _asked = null;
        if (task is not null)
        {
            _health.Fresh();
        }

        return task;
    }

    public void Answer(ReadOnlyMemory<float> gradient, CancellationToken stop)
    {
        var version = _known;
        _answered = DetachedTask.Run(() => PartedNumbers.SendAsync(
            version, gradient, (part, token) => meeting.AnswerAsync(settings.Replica.Ordinal, part, token).WaitAsync(link.CallTimeout, time, token), stop));
    }

    private static async Task<DiscriminatorTask?> RunAsync(Func<Task<DiscriminatorTask?>> ask)
    {
        DiscriminatorTask? task = null;
        await DetachedTask.Run(async () => task = await ask());
        return task;
    }

    /// <summary>Asks until a version comes whole, or none will come any more.</summary>
    private async Task<DiscriminatorTask?> AskAsync(Task answered, CancellationToken stop)
    {
        await TryAsync(() => answered, stop);
        while (!_isOver)
        {
            DiscriminatorTask? task = null;
            await TryAsync(async () => task = await AskOnceAsync(stop), stop);
            if (task is not null)
            {
                return task;
            }
        }

        return null;
    }

    private async Task<DiscriminatorTask?> AskOnceAsync(CancellationToken stop)
    {
        var next = await meeting.NextAsync(settings.Replica.Ordinal, _known, AskLimit, stop).WaitAsync(AskLimit + link.CallTimeout, time, stop);
        if (next.IsOver)
        {
            _isOver = true;
            return null;
        }

        if (next.Notice is not { } notice)
        {
            return null;
        }

        var judged = settings.Replica.Ordinal % notice.Batches;
        var learnt = (settings.Replica.Ordinal + 1) % notice.Batches;
        var judge = await ReadAsync(notice, judged, stop);
        var learn = learnt == judged ? judge : await ReadAsync(notice, learnt, stop);
        if (judge is null || learn is null)
        {
            return null; // a newer one has come
        }

        _known = notice.Version;
        return new DiscriminatorTask(notice.Version.Version, judge, learn, notice.Swap == 0 ? null : new SwapOrder(notice.Swap, notice.SwapMembers));
    }

    private Task<float[]?> ReadAsync(VersionNotice notice, int batch, CancellationToken stop)
        => PartedNumbers.ReadAsync(notice.Parts, (part, token) => meeting.ReadAsync(notice.Version, batch, part, token).WaitAsync(link.CallTimeout, time, token), stop);

    /// <summary>A call that fails costs a moment; only the end of the link ends the asking.</summary>
    private async Task TryAsync(Func<Task> call, CancellationToken stop)
    {
        try
        {
            await call();
        }
#pragma warning disable CA1031 // a meeting that does not answer is asked again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            stop.ThrowIfCancellationRequested();
            _health.Failed(exception.FirstLine());
            await Task.Delay(RetryAfter, time, stop);
        }
    }
}
