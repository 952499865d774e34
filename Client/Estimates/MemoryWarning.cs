using DistGan.Client.CommandLine;
using DistGan.Client.Display;

namespace DistGan.Client.Estimates;

/// <summary>What is said where a job may not fit into memory: a warning, as the estimate is generous.</summary>
internal static class MemoryWarning
{
    public static void Write(CommandConsole console, string device, JobEstimate estimate)
    {
        var available = AvailableMemory.Bytes();
        if (device == "cpu" && estimate.MemoryBytes > available)
        {
            console.Error.WriteLine(
                $"warning: the job may need {Text.Bytes(estimate.MemoryBytes)} of memory, and {Text.Bytes(available)} are available; lower batch, the widths of the networks or techniques.experience-replay.budget-bytes.");
        }
    }
}
