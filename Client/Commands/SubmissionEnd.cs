using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Commands;

/// <summary>The end of a command that has given a job to a cluster and does not look on: <c>submit --detach</c> and <c>resume</c>.</summary>
internal static class SubmissionEnd
{
    private const string Schema = "distgan.submit/1";

    /// <summary>Says what has become of the job and what may be done next.</summary>
    /// <param name="console">The console.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="jobs">The jobs of the cluster.</param>
    /// <param name="job">The job.</param>
    /// <param name="said">The sentence for a person.</param>
    /// <param name="isExisting">Whether it was submitted before; null where that is no question.</param>
    public static async Task<int> WriteAsync(CommandConsole console, ParseResult parsed, IJobControl jobs, JobId job, string said, bool? isExisting = null)
    {
        if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
        {
            var document = new JsonObject { ["schema"] = Schema, ["job"] = job.Value };
            if (isExisting is { } existing)
            {
                document["existing"] = existing;
            }

            JsonOutput.Write(console.Out, document);
            return ExitCodes.Done;
        }

        console.Out.WriteLine(said);
        NextCommands.Write(console.Out, await jobs.DescribeAsync(job, CancellationToken.None), ClusterArguments.Again(parsed));
        return ExitCodes.Done;
    }
}
