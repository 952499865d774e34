using System.CommandLine;
using DistGan.Client.CommandLine;
using DistGan.Client.Evaluating;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces;
using DistGan.Hosting.Storage;
using DistGan.Worker.Replicas;

namespace DistGan.Client.Commands;

/// <summary><c>evaluate RUN_DIR</c>: scores of a trained generator, with intervals and everything that they depend on.</summary>
public static class EvaluateCommand
{
    public static CommandEntry Create(CommandConsole console)
    {
        var options = new EvaluateOptions();
        var command = new Command("evaluate", "Scores the generator of a run over independent draws, beside real samples, and adds a line to its evaluation.jsonl.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            console.With(parsed), parsed.GetValue(CommonOptions.Output), parsed.GetValue(CommonOptions.Quiet), options.Read(parsed), cancellation));
        return new(command,
        [
            new("distgan evaluate runs/fashion", "every score that fits, as mean and deviation of three draws, beside real images"),
            new("distgan evaluate runs/fashion --metrics fid,kid --samples 10000 --draws 5", "two scores, more samples"),
            new("distgan evaluate runs/fashion --features inception.pt --features-size 299", "features of a TorchScript network of your own"),
            new("distgan evaluate runs/fashion -o json > scores.json", "progress on standard error, scores as JSON on standard output"),
        ]);
    }

    private static async Task<int> RunAsync(CommandConsole console, OutputFormat format, bool isQuiet, EvaluateRequest request, CancellationToken cancellationToken)
    {
        var run = await TrainedRun.OpenAsync(request.Folder, request.Replica, console.Error.WriteLine, cancellationToken);
        using var evaluator = new Evaluator(run, request, new SteadyProgress(isQuiet ? static _ => { } : console.Error.WriteLine, console.Time));
        var result = await evaluator.RunAsync(cancellationToken);
        var (manifest, line) = (run.Manifest, EvaluationDocument.Line(result));
        await new DirectoryObjectStore(run.Folder).AppendAsync(
            RunFiles.Evaluation,
            EvaluationLine.Write(manifest.Replica, manifest.Epoch, manifest.Step, manifest.Images, console.Time.GetUtcNow(), line, EvaluationLine.Command),
            cancellationToken);
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
}
