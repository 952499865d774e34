using DistGan.Client.CommandLine;
using DistGan.Client.Data;
using DistGan.Client.Estimates;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Native;

namespace DistGan.Client.Jobs;

/// <summary>From arguments to a checked plan, and on to the training.</summary>
public static class TrainStart
{
    public static Task<int> RunAsync(CommandConsole console, TrainRequest request)
        => request.Resume is null ? StartNewAsync(console, request) : ResumeAsync(console, request, request.Resume);

    private static async Task<int> StartNewAsync(CommandConsole console, TrainRequest request)
    {
        var start = request.From is null ? null : await StartSource.OpenAsync(request.From, request.Replica, damage => console.Error.WriteLine($"warning: {damage}"), CancellationToken.None);
        var recipe = start?.Recipe is { } other && request is { RecipeFile: null, Preset: null }
            ? RecipeReader.Apply(other, request.Overrides)
            : RecipeSource.Build(request.RecipeFile, request.Preset, request.Overrides);
        start ??= recipe.Start is null ? null : StartSource.Beside(request.RecipeFile, recipe.Start);
        var folder = RunFolder.ForNew(recipe.Name, request.RunFolder, Environment.CurrentDirectory);
        if (request.RunFolder is null)
        {
            recipe = recipe with { Name = Path.GetFileName(folder) };
        }

        SayFirst(console, request, $"training {recipe.Name} in {CommandForm.PathOf(folder, Environment.CurrentDirectory)}");
        Warn(console, recipe);
        var facts = DataCheck.ThrowIfUnfit(recipe, new DataNotices(console).Opening(request.Quiet));
        start?.ThrowIfUnfit(recipe, new SampleShape(facts.Channels, facts.Height, facts.Width));
        recipe = RecipeFreezer.Freeze(recipe, request.Device);
        Announce(console, request, folder, JobEstimator.Estimate(recipe, facts, request.Device));
        try
        {
            if (start is not null)
            {
                SayFirst(console, request, $"it begins with the weights of {start.Name}");
                recipe = await start.PutAsync(folder, recipe, CancellationToken.None);
            }

            var plan = new TrainPlan { Recipe = recipe, RunFolder = folder, Device = request.Device, TensorBoard = request.TensorBoard, StopWithInput = request.StopWithInput };
            return await new TrainFlow(console, plan, request.Quiet, request.Json).RunAsync();
        }
        finally
        {
            RunSpace.RemoveIfUnused(folder);
        }
    }

    private static async Task<int> ResumeAsync(CommandConsole console, TrainRequest request, string asked)
    {
        var folder = RunFolder.Existing(asked, Environment.CurrentDirectory);
        var recipe = ResumeChanges.Apply(RecipeSource.OfRun(folder), request.Overrides);
        var shown = CommandForm.PathOf(folder, Environment.CurrentDirectory);
        var newest = SnapshotFolders.NewestSteps(folder, recipe.Topology.Replicas);
        if (newest.Count == 0)
        {
            throw new CommandException(ExitCodes.NotFound,
                $"The run '{shown}' has no snapshot to go on from; start again with: {CommandForm.Of("train", Path.Combine(shown, RunFiles.Recipe))}");
        }

        var step = newest.Min();
        if (recipe.Budget.Steps is { } steps && step >= steps && newest.Count == recipe.Topology.Replicas && RunSummary.IsCompleted(folder))
        {
            var more = CommandForm.Of("train", "--resume", shown, "--steps", $"{step * 2}");
            (request.Json ? console.Error : console.Out).WriteLine($"The run '{shown}' has done its {step} steps already; give it more with: {more}");
            return request.Json ? EndReport.WriteDocument(console, folder) : ExitCodes.Done;
        }

        NativeBackend.Load();
        SayFirst(console, request, $"going on with {recipe.Name} in {shown} from step {step}");
        var facts = DataCheck.ThrowIfUnfit(recipe, new DataNotices(console).Opening(request.Quiet));
        Announce(console, request, folder, JobEstimator.Estimate(recipe, facts, request.Device, step));
        var plan = new TrainPlan { Recipe = recipe, RunFolder = folder, Device = request.Device, Resume = true, TensorBoard = request.TensorBoard, StopWithInput = request.StopWithInput };
        return await new TrainFlow(console, plan, request.Quiet, request.Json).RunAsync();
    }

    /// <summary>Says what the job will take, refuses it where the disk is too small, and warns where memory is.</summary>
    private static void Announce(CommandConsole console, TrainRequest request, string folder, JobEstimate estimate)
    {
        SayFirst(console, request, $"{estimate}");
        RunSpace.Check(folder, estimate);
        MemoryWarning.Write(console, request.Device, estimate);
    }

    private static void SayFirst(CommandConsole console, TrainRequest request, string message)
    {
        if (!request.Quiet)
        {
            (request.Json ? console.Error : console.Out).WriteLine(message);
        }
    }

    private static void Warn(CommandConsole console, Recipe recipe)
    {
        foreach (var warning in RecipeValidator.Warnings(recipe))
        {
            console.Error.WriteLine($"warning: {warning}");
        }
    }
}
