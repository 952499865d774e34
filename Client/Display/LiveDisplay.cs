using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;
using Spectre.Console;

namespace DistGan.Client.Display;

/// <summary>Rewrites one region of a terminal, at most four times a second.</summary>
public sealed class LiveDisplay : IJobDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the end waits for the last picture.</summary>
    private static readonly TimeSpan LastPicture = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly IAnsiConsole _terminal;
    private readonly JobView _view;
    private readonly IPictureSource _pictures;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private (bool Runs, bool Again) _fetch;
    private Task _fetching = Task.CompletedTask;
    private PixelPicture? _picture;
    private string? _status;
    private bool _changed = true;

    /// <summary>Of a run of this machine.</summary>
    public LiveDisplay(CommandConsole console, JobFacts facts)
        : this(console, facts, new FolderPictures(facts.RunFolder))
    {
    }

    /// <summary>Of a run whose pictures come from elsewhere.</summary>
    public LiveDisplay(CommandConsole console, JobFacts facts, IPictureSource pictures)
    {
        _terminal = Terminals.Create(console);
        _view = new(facts);
        _pictures = pictures;
        Fetch();
        _loop = RunAsync(console.Time);
    }

    public void Show(JobProgress progress)
    {
        if (progress.Events.Any(static entry => string.Equals(entry.Kind, EventKinds.Samples, StringComparison.Ordinal)))
        {
            Fetch();
        }

        lock (_lock)
        {
            _view.Add(progress);
            _changed = true;
        }
    }

    public void Say(string message)
    {
        lock (_lock)
        {
            _status = message;
            _changed = true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAny(_fetching, Task.Delay(LastPicture));
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync(TimeProvider time)
    {
        var live = _terminal.Live(Panel()).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom);
        await live.StartAsync(async context =>
        {
            using var timer = new PeriodicTimer(Interval, time);
            while (await NextTickAsync(timer))
            {
                if (TakeChanged())
                {
                    context.UpdateTarget(Panel());
                }
            }

            context.UpdateTarget(Panel());
        });
    }

    private async Task<bool> NextTickAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private bool TakeChanged()
    {
        lock (_lock)
        {
            var changed = _changed;
            _changed = false;
            return changed;
        }
    }

    private Spectre.Console.Rendering.IRenderable Panel()
    {
        lock (_lock)
        {
            return JobPanel.Of(_view, _picture, _status, _terminal.Profile.Width, _terminal.Profile.Height);
        }
    }

    /// <summary>Gets the newest picture, one request at a time: what is asked for meanwhile is one more.</summary>
    private void Fetch()
    {
        lock (_lock)
        {
            _fetch = (true, _fetch.Runs);
            if (_fetch.Again)
            {
                return;
            }
        }

        _fetching = FetchAsync();
    }

    private async Task FetchAsync()
    {
        bool again;
        do
        {
            var picture = await _pictures.NewestAsync();
            lock (_lock)
            {
                (_picture, _changed) = (picture ?? _picture, true);
                again = _fetch.Again;
                _fetch = (again, false);
            }
        }
        while (again);
    }
}
