using DistGan.Client.CommandLine;

namespace DistGan.Client.Outputs;

/// <summary>How far a command has come: a plain line on standard error every two seconds, none where it is done earlier.</summary>
internal sealed class PaceLine(CommandConsole console, string what, long total)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private long _said = console.Time.GetTimestamp();

    public void At(long done)
    {
        if (done < total && console.Time.GetElapsedTime(_said) >= Interval)
        {
            _said = console.Time.GetTimestamp();
            console.Error.WriteLine($"{what} {done} of {total}");
        }
    }
}
