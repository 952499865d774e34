using DistGan.Client.CommandLine;
using DistGan.Client.Data;
using DistGan.Client.Estimates;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;

namespace DistGan.Client.Jobs;

/// <summary>Goes on with a run from its newest snapshots.</summary>
internal static class TrainResume
{
    public static async Task<int> RunAsync(CommandConsole console, TrainRequest request, string asked)
    {
        var folder = RunFolder.Existing(asked, Environment.CurrentDirectory);
        RunLock.ThrowIfHeld(folder);
        var before = RecipeSource.OfRun(folder);
        var recipe = ResumeChanges.Apply(before, request.Overrides);
        var shown = CommandForm.PathOf(folder, Environment.CurrentDirectory);
        var newest = SnapshotFolders.NewestSteps(folder, recipe.Topology.Replicas);
        if (newest.Count == 0)
        {
            throw new CommandException(ExitCodes.NotFound,
                $"The run '{shown}' has no snapshot to go on from; start again with: {CommandForm.Of("train", Path.Combine(shown, RunFiles.Recipe))}");
        }

        var step = newest.Min();
        if (newest.Count == recipe.Topology.Replicas && IsDone(folder, before, recipe, step))
        {
            var more = CommandForm.Of("train", "--resume", shown, "--steps", $"{step * 2}");
            (request.Json ? console.Error : console.Out).WriteLine($"The run '{shown}' has done {step} steps already; give it more with: {more}");
            return request.Json ? EndReport.WriteDocument(console, folder) : ExitCodes.Done;
        }

        var facts = DataCheck.ThrowIfUnfit(recipe, new DataNotices(console).Opening(request.Quiet));
        RecipeFreezer.Prepare(request.Device);
        var estimate = JobEstimator.Estimate(recipe, facts, request.Device, step);
        RunSpace.Check(folder, estimate);
        StartNotes.Write(console, request, estimate, $"going on with {recipe.Name} in {shown} from step {step}");
        var plan = new TrainPlan { Recipe = recipe, RunFolder = folder, Device = request.Device, Resume = true, TensorBoard = request.TensorBoard, StopWithInput = request.StopWithInput, Web = request.Web };
        return await new TrainFlow(console, plan, request.Quiet, request.Json).RunAsync();
    }

    /// <summary>
    /// Whether a run at <paramref name="step"/> has nothing left of the budget that is asked for. At its own budget it may still
    /// lack its end, where it was killed there; a budget that is made smaller gives it none.
    /// </summary>
    private static bool IsDone(string folder, Recipe before, Recipe asked, long step)
        => asked.Budget.Steps is { } steps
            && (step > steps || (step == steps && (before.Budget.Steps != steps || RunSummary.IsCompleted(folder))));
}
