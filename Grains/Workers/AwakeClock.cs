namespace DistGan.Grains.Workers;

/// <summary>
/// A clock that counts at most <paramref name="longest"/> between two looks at it. A machine that slept, or had no processor for the
/// directory, had none for heartbeats either: such time is no silence of a worker.
/// </summary>
public sealed class AwakeClock(TimeProvider time, TimeSpan longest)
{
    private long _looked = time.GetTimestamp();
    private DateTimeOffset _now = time.GetUtcNow();

    /// <summary>Looks at it.</summary>
    public DateTimeOffset Look()
    {
        var elapsed = time.GetElapsedTime(_looked);
        _looked = time.GetTimestamp();
        return _now += elapsed < longest ? elapsed : longest;
    }
}
