namespace DistGan.Worker.Links;

/// <summary>How the training thread waits for a task.</summary>
internal static class Waiting
{
    /// <summary>Waits until a task is over, however it ends, and no longer than <paramref name="limit"/>; whether it is.</summary>
    public static bool For(Task task, TimeSpan limit, TimeProvider time)
    {
        if (task.IsCompleted || limit <= TimeSpan.Zero)
        {
            return task.IsCompleted;
        }

        try
        {
            _ = Task.WhenAny(task).WaitAsync(limit, time).GetAwaiter().GetResult();
            return true;
        }
        catch (TimeoutException)
        {
            return task.IsCompleted;
        }
    }
}
