using DistGan.Client.CommandLine;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;

namespace DistGan.Client.Jobs;

/// <summary>From arguments to a checked plan, and on to the training.</summary>
public static class TrainStart
{
    public static Task<int> RunAsync(CommandConsole console, TrainRequest request)
        => request.Resume is null ? StartNewAsync(console, request) : ResumeAsync(console, request, request.Resume);

    private static async Task<int> StartNewAsync(CommandConsole console, TrainRequest request)
    {
        var recipe = RecipeSource.Build(request.RecipeFile, request.Preset, request.Overrides);
        var folder = RunFolder.ForNew(recipe.Name, request.RunFolder, Environment.CurrentDirectory);
        if (request.RunFolder is null)
        {
            recipe = recipe with { Name = Path.GetFileName(folder) };
        }

        SayFirst(console, request, $"training {recipe.Name} in {CommandForm.PathOf(folder, Environment.CurrentDirectory)}");
        Warn(console, recipe);
        DataCheck.ThrowIfUnfit(recipe);
        recipe = RecipeFreezer.Freeze(recipe, request.Device);
        RunSpace.Check(folder, recipe);
        var plan = new TrainPlan { Recipe = recipe, RunFolder = folder, Device = request.Device };
        try
        {
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

        SayFirst(console, request, $"going on with {recipe.Name} in {shown} from step {step}");
        DataCheck.ThrowIfUnfit(recipe);
        RunSpace.Check(folder, recipe);
        var plan = new TrainPlan { Recipe = recipe, RunFolder = folder, Device = request.Device, Resume = true };
        return await new TrainFlow(console, plan, request.Quiet, request.Json).RunAsync();
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
