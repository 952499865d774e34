using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Training.Native;
using TorchSharp;

namespace DistGan.Client.Outputs;

/// <summary>What commands that draw from a run do first and say last.</summary>
internal static class OpenedRun
{
    /// <summary>Opens a run, and libtorch with the threads of its recipe, so that the same samples come out as in training.</summary>
    /// <exception cref="CommandException">There is no such run, replica or snapshot.</exception>
    public static async Task<TrainedRun> OpenAsync(CommandConsole console, string asked, int? replica, CancellationToken cancellationToken)
    {
        var run = await TrainedRun.OpenAsync(asked, replica, damage => console.Error.WriteLine($"warning: {damage}"), cancellationToken);
        NativeBackend.Load();
        torch.set_num_threads(run.Recipe.Threads ?? Environment.ProcessorCount);
        return run;
    }

    /// <summary>The start of a document: which weights of which run.</summary>
    public static JsonObject Describe(string schema, TrainedRun run, bool raw) => new()
    {
        ["schema"] = schema,
        ["run"] = CommandForm.PathOf(run.Folder, Environment.CurrentDirectory),
        ["replica"] = run.Replica,
        ["step"] = run.Step,
        ["weights_sha256"] = run.WeightsSha256(!raw),
    };
}
