using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Worker.Running;

/// <summary>Failures of a training thread as sentences.</summary>
internal static class FailureText
{
    /// <summary>What happened to a replica.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="assignment">Which replica, and where.</param>
    /// <param name="step">Where it stood; null where it was not open.</param>
    public static string Of(Exception exception, TrainerAssignment assignment, long? step)
    {
        var failed = $"Replica {assignment.Replica.Ordinal} {(step is null ? "cannot start" : $"failed at step {step}")}";
        return exception switch
        {
            DivergedException => $"Replica {assignment.Replica.Ordinal} diverged at step {step}: {exception.Message} is not finite.",
            DistGanException => $"{failed}: {exception.Message}",
            _ when IsOutOfMemory(exception) => $"Replica {assignment.Replica.Ordinal} ran out of memory on {assignment.Lease.Device} {(step is null ? "before it could start" : $"at step {step}")}: lower batch, generator.width or discriminator.width.",
            _ => $"{failed}: {exception.GetType().Name}: {exception.FirstLine()}",
        };
    }

    /// <summary>Why this machine cannot train; the coordinator says which replica and machine.</summary>
    public static string Of(MachineException exception, DataRecipe data)
        => exception.IsOfPath && data.Shared ? $"{exception.Message} With data.shared=true every worker has to see that path; without it, submit uploads the files." : exception.Message;

    private static bool IsOutOfMemory(Exception exception)
        => exception is OutOfMemoryException
        || exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || exception.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase);
}
