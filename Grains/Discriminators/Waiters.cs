namespace DistGan.Grains.Discriminators;

/// <summary>Calls of a grain that wait until something is so, no longer than they say.</summary>
internal sealed class Waiters(TimeProvider time)
{
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Lets everybody look again.</summary>
    public void Changed()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.TrySetResult();
    }

    /// <summary>Returns when it is so, or after <paramref name="limit"/>.</summary>
    public async Task UntilAsync(Func<bool> isSo, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (!isSo() && limit - time.GetElapsedTime(start) is { Ticks: > 0 } left)
        {
            try
            {
                await _changed.Task.WaitAsync(left, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
