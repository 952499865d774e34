namespace DistGan.Worker.Links;

/// <summary>
/// Starts tasks that carry nothing of their caller: the values of a grain call's request context, such as a placement hint,
/// must not leak into the calls that the task makes.
/// </summary>
internal static class DetachedTask
{
    public static Task Run(Func<Task> body)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Task.Run(body);
        }

        using var flow = ExecutionContext.SuppressFlow();
        return Task.Run(body);
    }
}
