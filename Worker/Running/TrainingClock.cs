namespace DistGan.Worker.Running;

/// <summary>Seconds of a replica's training over all its epochs, and how many of them were not spent on steps.</summary>
internal sealed class TrainingClock(TimeProvider time)
{
    private long _start = time.GetTimestamp();
    private double _before;
    private double _besides;

    /// <summary>Seconds since the start of the job in which a training thread had this replica.</summary>
    public double Seconds => _before + time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Seconds spent on steps, by which rates are measured.</summary>
    public double StepSeconds => Seconds - _besides;

    /// <summary>Goes on from what a snapshot knew; what was lost with a rollback counts as spent.</summary>
    public void ContinueFrom(double seconds)
    {
        _before = Math.Max(seconds, Seconds);
        _start = time.GetTimestamp();
    }

    /// <summary>Does something that is no step.</summary>
    public T Besides<T>(Func<T> work)
    {
        var start = time.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            _besides += time.GetElapsedTime(start).TotalSeconds;
        }
    }
}
