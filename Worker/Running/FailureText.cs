using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Worker.Running;

/// <summary>Failures of a training thread as sentences.</summary>
internal static class FailureText
{
    public static string Of(Exception exception, TrainerAssignment assignment, long step) => exception switch
    {
        DivergedException => $"Replica {assignment.Replica.Ordinal} diverged at step {step}: {exception.Message} is not finite.",
        DistGanException => $"Replica {assignment.Replica.Ordinal} failed at step {step}: {exception.Message}",
        _ when IsOutOfMemory(exception) => $"Replica {assignment.Replica.Ordinal} ran out of memory on {assignment.Lease.Device} at step {step}: lower batch, generator.width or discriminator.width.",
        _ => $"Replica {assignment.Replica.Ordinal} failed at step {step}: {exception.GetType().Name}: {exception.FirstLine()}",
    };

    private static bool IsOutOfMemory(Exception exception)
        => exception is OutOfMemoryException
        || exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || exception.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase);
}
