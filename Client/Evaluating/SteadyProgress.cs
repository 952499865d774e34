namespace DistGan.Client.Evaluating;

/// <summary>Lines about long work: each part when it begins, and how far it is every two seconds.</summary>
/// <param name="write">Takes a line.</param>
/// <param name="time">The clock.</param>
public sealed class SteadyProgress(Action<string> write, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    private long _last = time.GetTimestamp();

    /// <summary>A part begins.</summary>
    public void Begin(string line)
    {
        write(line);
        _last = time.GetTimestamp();
    }

    /// <summary>How far it is; passed over soon after the last line.</summary>
    public void Tell(string line)
    {
        if (time.GetElapsedTime(_last) >= Between)
        {
            Begin(line);
        }
    }
}
