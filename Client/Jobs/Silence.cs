namespace DistGan.Client.Jobs;

/// <summary>
/// How long nobody has answered. A call counts for at most a minute, so the time in which this process was suspended (Ctrl-Z, a laptop that sleeps) is nobody's
/// silence: whoever wakes up asks again before giving up.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class Silence(TimeProvider time)
{
    /// <summary>How long a console waits for an answer, asking again and again, before it gives up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Twice as long as the longest unanswered call takes in a process that runs.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(1);

    private long _asked = time.GetTimestamp();
    private TimeSpan _lasted;

    /// <summary>Whether the calls without an answer, one after the other, took longer than <see cref="Patience"/>.</summary>
    public bool IsTooLong => _lasted > Patience;

    /// <summary>A call got its answer; the next one begins.</summary>
    public void Answered() => (_lasted, _asked) = (TimeSpan.Zero, time.GetTimestamp());

    /// <summary>A call got none; the next one begins.</summary>
    public void Unanswered()
    {
        var took = time.GetElapsedTime(_asked);
        _lasted += took < LongestCall ? took : LongestCall;
        _asked = time.GetTimestamp();
    }
}
