using DistGan.Client.CommandLine;
using DistGan.Client.Estimates;

namespace DistGan.Client.Jobs;

/// <summary>What is said once a training is checked and about to start.</summary>
internal static class StartNotes
{
    /// <summary>Writes the lines, what the job will take, and a warning where memory is short.</summary>
    public static void Write(CommandConsole console, TrainRequest request, JobEstimate estimate, params IEnumerable<string> lines)
    {
        if (!request.Quiet)
        {
            var writer = request.Json ? console.Error : console.Out;
            foreach (var line in lines.Append($"{estimate}"))
            {
                writer.WriteLine(line);
            }
        }

        MemoryWarning.Write(console, request.Device, estimate);
    }
}
