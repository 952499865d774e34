using System.CommandLine;
using DistGan.Client.Champions;
using DistGan.Client.CommandLine;
using DistGan.Client.Evaluating;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces;
using DistGan.Hosting.Storage;
using DistGan.Recipes;
using DistGan.Training.Native;
using DistGan.Worker.Replicas;

namespace DistGan.Client.Commands;

/// <summary><c>evaluate RUN_DIR</c>: scores of a trained generator, with intervals and everything that they depend on.</summary>
public static class EvaluateCommand
{
    public static CommandEntry Create(CommandConsole console)
    {
        var options = new EvaluateOptions();
        var command = new Command("evaluate", "Scores the generator of a run over independent draws, beside real samples, and adds a line to its evaluation.jsonl; those of a job of a cluster are shown alone.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) => await RunAsync(
            console.With(parsed), parsed.GetValue(CommonOptions.Output), parsed.GetValue(CommonOptions.Quiet), await options.ReadAsync(console, parsed, cancellation), cancellation));
        return new(command,
        [
            new("distgan evaluate runs/fashion", "every score that fits, as mean and deviation of three draws, beside real images"),
            new("distgan evaluate runs/fashion --metrics fid,kid --samples 10000 --draws 5", "two scores, more samples"),
            new("distgan evaluate runs/fashion --features inception.pt --features-size 299", "features of a TorchScript network of your own"),
            new("distgan evaluate runs/fashion --champions --metrics fid,prdc", "the set of champions, and each of them alone"),
            new("distgan evaluate runs/fashion -o json > scores.json", "progress on standard error, scores as JSON on standard output"),
        ]);
    }

    private static async Task<int> RunAsync(CommandConsole console, OutputFormat format, bool isQuiet, EvaluateRequest request, CancellationToken cancellationToken)
    {
        var run = await TrainedRun.OpenAsync(request.Folder, request.Replica, console.Error.WriteLine, cancellationToken);
        if (request.Champions)
        {
            await ChampionSet.ThrowIfNoneAsync(run, request.Replica, cancellationToken);
        }
        else if (request.Distribution is { } distribution)
        {
            throw new CommandException(ExitCodes.Usage, $"--distribution {distribution.Text}: belongs to --champions; give that too, or leave it away.");
        }

        NativeBackend.Load();
        await run.FetchDataAsync(cancellationToken);
        using var evaluator = new Evaluator(run, request, new SteadyProgress(isQuiet ? static _ => { } : console.Error.WriteLine, console.Time));
        var result = await evaluator.RunAsync(cancellationToken);
        if (result.Champions is null && request.Keeps)
        {
            await AppendAsync(console, run, result, cancellationToken);
        }

        var shown = CommandForm.PathOf(run.Folder, Environment.CurrentDirectory);
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, EvaluationDocument.Of(result, shown));
        }
        else
        {
            EvaluationTable.Write(console.Out, result, shown, format == OutputFormat.Wide);
        }

        return ExitCodes.Done;
    }

    /// <summary>A mixture of generators of several steps is no score of a step, so it has no line.</summary>
    private static async Task AppendAsync(CommandConsole console, TrainedRun run, EvaluationResult result, CancellationToken cancellationToken)
    {
        var (manifest, line) = (run.Manifest, EvaluationDocument.Line(result));
        try
        {
            await new DirectoryObjectStore(run.Folder).AppendAsync(
                RunFiles.Evaluation,
                EvaluationLine.Write(manifest.Replica, manifest.Epoch, manifest.Step, manifest.Images, console.Time.GetUtcNow(), line, EvaluationLine.Command),
                cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DistGanException)
        {
            // The scores took minutes, and the person waits for them.
            console.Error.WriteLine($"warning: The scores are not kept in {RunFiles.Evaluation} of the run: {exception.Message}");
        }
    }
}
