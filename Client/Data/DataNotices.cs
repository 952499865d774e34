using System.Globalization;
using DistGan.Client.CommandLine;
using DistGan.Training.Data.Sources;

namespace DistGan.Client.Data;

/// <summary>Says on standard error how far the opening or fetching of data is, once it takes longer than two seconds, and what is left out.</summary>
public sealed class DataNotices(CommandConsole console)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly long _start = console.Time.GetTimestamp();
    private TimeSpan _next = Silence;

    /// <summary>The user's places, with these notices.</summary>
    public DataOpening Opening(bool quiet = false) => new() { Warn = Warn, Report = quiet ? static _ => { } : Report };

    public void Warn(string message) => console.Error.WriteLine($"warning: {message}");

    public void Report(DataProgress progress)
    {
        var elapsed = console.Time.GetElapsedTime(_start);
        if (elapsed < _next)
        {
            return;
        }

        _next = elapsed + Silence;
        var share = progress.Total > 0 ? (double)progress.Done / progress.Total : 0;
        console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.What}: {progress.Done} of {progress.Total} ({100 * share:0} %)"));
    }
}
