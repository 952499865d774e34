using System.Globalization;
using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Recipes;
using DistGan.Training.Links;

namespace DistGan.Worker.Links;

/// <summary>The one generator and the discriminators of a job as one replica sees them: calls run beside the training thread, which waits for them as long as each may be late.</summary>
internal sealed class DiscriminatorLink : IDiscriminatorExchange, IAsyncDisposable
{
    private readonly Func<int, IMailboxGrain> _mailbox;
    private readonly DiscriminatorSettings _settings;
    private readonly LinkSettings _link;
    private readonly IEventSink _events;
    private readonly TimeProvider _time;
    private readonly GeneratorSide _generator;
    private readonly DiscriminatorSide _discriminator;
    private readonly CancellationTokenSource _stop = new();

    /// <param name="meeting">The meeting of the job.</param>
    /// <param name="mailbox">The mailbox of a replica.</param>
    /// <param name="settings">Who, and how long.</param>
    /// <param name="link">How long calls may take.</param>
    /// <param name="replicas">Replicas of the job as of now.</param>
    /// <param name="events">Where waiting is told.</param>
    /// <param name="time">Measures waiting.</param>
    public DiscriminatorLink(
        IMeetingGrain meeting, Func<int, IMailboxGrain> mailbox, DiscriminatorSettings settings, LinkSettings link, Func<int> replicas, IEventSink events, TimeProvider time)
    {
        (_mailbox, _settings, _link, _events, _time) = (mailbox, settings, link, events, time);
        _generator = new GeneratorSide(meeting, settings, link, replicas, events, time);
        _discriminator = new DiscriminatorSide(meeting, settings, link, events, time);
    }

    public IReadOnlyList<int> Members => _generator.Members;

    public bool IsOver => _discriminator.IsOver;

    private bool HasGenerator => _settings.Replica.Ordinal == 0;

    /// <summary>The grain key of a replica's mailbox.</summary>
    public static string KeyOf(string job, int replica) => string.Create(CultureInfo.InvariantCulture, $"{job}/{replica}");

    /// <summary>Begins anew, at a snapshot or at the start.</summary>
    public void Restart()
    {
        _generator.Restart();
        _discriminator.Restart();
    }

    public void Send(GeneratorVersion version) => _generator.Send(version, _stop.Token);

    public GeneratorFeedback? Hear() => _generator.Hear(_stop.Token);

    public DiscriminatorTask? Next() => _discriminator.Next(_stop.Token);

    public void Answer(ReadOnlyMemory<float> gradient) => _discriminator.Answer(gradient, _stop.Token);

    public MovedDiscriminator? Swap(SwapOrder order, int target, MovedDiscriminator own)
    {
        var version = HasGenerator ? _generator.Version : _discriminator.Version;
        MovedDiscriminator? moved = null;
        var posting = DetachedTask.Run(() => PostAsync(version, target, own));
        var taking = DetachedTask.Run(async () => moved = await TakeAsync(version));
        if (Waiting.For(taking, _settings.SwapLimit, _time) && taking.IsCompletedSuccessfully && moved is { } come)
        {
            return come;
        }

        var cause = (taking.Exception ?? posting.Exception)?.InnerException?.FirstLine();
        _events.Record(
            EventKinds.Warning,
            string.Create(CultureInfo.InvariantCulture, $"No discriminator came to replica {_settings.Replica.Ordinal} in swap {order.Number} within {_settings.SwapLimit.TotalSeconds:0.##} s{(cause is null ? "" : $" ({cause})")}; it keeps its own."),
            new Dictionary<string, double> { ["swap"] = order.Number });
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    private Task PostAsync(VersionId swap, int target, MovedDiscriminator own) => PartedNumbers.SendAsync(
        swap,
        own.Numbers,
        (part, token) => _mailbox(target).PostAsync(new MovedPart { Numbers = part, Updates = own.Updates }, token).WaitAsync(_link.CallTimeout, _time, token),
        _stop.Token);

    private async Task<MovedDiscriminator?> TakeAsync(VersionId swap)
    {
        var mailbox = _mailbox(_settings.Replica.Ordinal);
        if (await mailbox.ArrivedAsync(swap, _settings.SwapLimit, _stop.Token) is not { } notice)
        {
            return null;
        }

        var numbers = await PartedNumbers.ReadAsync(notice.Parts, (part, token) => mailbox.TakeAsync(swap, part, token).WaitAsync(_link.CallTimeout, _time, token), _stop.Token);
        return numbers is null ? null : new MovedDiscriminator(notice.Updates, numbers);
    }
}
