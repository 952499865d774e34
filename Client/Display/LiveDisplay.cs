using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;
using Spectre.Console;

namespace DistGan.Client.Display;

/// <summary>Rewrites one region of a terminal, at most four times a second.</summary>
public sealed class LiveDisplay : IJobDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly IAnsiConsole _terminal;
    private readonly JobView _view;
    private readonly string _runFolder;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private PixelPicture? _picture;
    private string? _status;
    private bool _changed = true;

    public LiveDisplay(CommandConsole console, JobFacts facts)
    {
        _terminal = Terminals.Create(console);
        _view = new(facts);
        _runFolder = facts.RunFolder;
        _picture = NewestPicture();
        _loop = RunAsync(console.Time);
    }

    public void Show(JobProgress progress)
    {
        var drawn = progress.Events.Any(entry => string.Equals(entry.Kind, EventKinds.Samples, StringComparison.Ordinal));
        var picture = drawn ? NewestPicture() : null;
        lock (_lock)
        {
            _view.Add(progress);
            _picture = picture ?? _picture;
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

    private PixelPicture? NewestPicture()
    {
        var folder = Path.Combine(_runFolder, RunFiles.SamplesPrefix);
        var newest = Directory.Exists(folder) ? Directory.GetFiles(folder, "step-*.png").Max(StringComparer.Ordinal) : null;
        return newest is null ? null : PixelPicture.Load(newest);
    }
}
