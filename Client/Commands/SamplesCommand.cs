using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Client.Runs.Contents;
using DistGan.Grains.Interfaces;
using Spectre.Console;

namespace DistGan.Client.Commands;

/// <summary><c>samples RUN_DIR</c>: the pictures of a run.</summary>
public static class SamplesCommand
{
    private const string Schema = "distgan.samples/1";

    public static CommandEntry Create(CommandConsole console)
    {
        var folder = new Argument<string>("RUN_DIR|JOB") { Description = "The folder of a run, or the name of a job of a cluster." };
        var at = new Option<long?>("--at") { Description = "The step of the picture; the newest without it.", HelpName = "STEP" };
        var replica = new Option<int>("--replica") { Description = "Whose picture; that of replica 0 without it.", HelpName = "N" };
        var file = new Option<string?>("--out") { Description = "Copies the picture to this file.", HelpName = "FILE.png" };
        OutputExtension.Require(file, ".png");
        var command = new Command("samples", "Shows where the pictures of a run are, shows one in the terminal, or copies it.")
        {
            folder, at, replica, file, ClusterArguments.Cluster, CommonOptions.Output, CommonOptions.NoColor,
        };
        command.SetAction((parsed, _) =>
        {
            var (format, asked, which, copy) = (parsed.GetValue(CommonOptions.Output), parsed.GetRequiredValue(folder), (parsed.GetValue(at), parsed.GetValue(replica)), parsed.GetValue(file));
            return ClusterArguments.AskedFor(parsed, asked) is { } cluster
                ? ClusterSession.RunAsync(console, cluster, jobs => JobSamples.RunAsync(console.With(parsed), jobs, new JobId(asked), which, copy, format == OutputFormat.Json ? Schema : null))
                : Task.FromResult(Run(console.With(parsed), format, asked, which, copy));
        });
        return new(command,
        [
            new("distgan samples runs/fashion", "the newest picture"),
            new("distgan samples runs/fashion --replica 1", "that of another replica"),
            new("distgan samples fashion --cluster lab --out clothes.png", "that of a job of a cluster"),
            new("distgan samples runs/fashion --at 400 --out clothes.png", "the picture of step 400 as a file"),
        ]);
    }

    private static int Run(CommandConsole console, OutputFormat format, string asked, (long? At, int Replica) which, string? copy)
    {
        var runFolder = RunFolder.Existing(asked, Environment.CurrentDirectory);
        var (step, path) = SampleFiles.Find(runFolder, which.At, which.Replica);
        var (several, best) = Best(runFolder);
        if (copy is not null)
        {
            Copy(path, copy);
        }

        var shown = CommandForm.PathOf(copy ?? path, Environment.CurrentDirectory);
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, new JsonObject { ["schema"] = Schema, ["step"] = step, ["replica"] = which.Replica, ["best_replica"] = best, ["file"] = shown });
            return ExitCodes.Done;
        }

        if (console.IsTerminal && copy is null)
        {
            Draw(console, runFolder, path);
        }

        console.Out.WriteLine(shown);
        if (several)
        {
            var other = best == which.Replica ? ", the best" : $"; the best, which 'generate' takes, is replica {best}: --replica {best}";
            console.Error.WriteLine($"step {step} of replica {which.Replica}{other}");
        }

        return ExitCodes.Done;
    }

    private static (bool Several, int Best) Best(string runFolder)
        => RunContents.RecipeOf(runFolder) is { Topology.Replicas: > 1 } recipe ? (true, BestReplica.Of(runFolder, recipe)) : (false, 0);

    private static void Draw(CommandConsole console, string runFolder, string path)
    {
        var terminal = Terminals.Create(console);
        var facts = JobFacts.Of(RecipeSource.OfRun(runFolder), runFolder);
        if (PixelPicture.Load(path) is { } picture
            && PictureFit.Fit(picture, facts.GridColumns, facts.GridRows, terminal.Profile.Width, terminal.Profile.Height - 3) is { } fitted)
        {
            terminal.Write(new HalfBlocks(fitted));
        }
    }

    private static void Copy(string source, string destination)
    {
        using var picture = File.OpenRead(source);
        ReplacedFile.Write(destination, picture.CopyTo);
    }
}
