using DistGan.Client.CommandLine;
using DistGan.Client.Data;
using DistGan.Client.Display;
using DistGan.Client.Estimates;
using DistGan.Client.Runs;
using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Client.Jobs;

/// <summary>From arguments to a checked plan, and on to the training.</summary>
public static class TrainStart
{
    public static Task<int> RunAsync(CommandConsole console, TrainRequest request)
        => request.Resume is null ? StartNewAsync(console, request) : TrainResume.RunAsync(console, request, request.Resume);

    private static async Task<int> StartNewAsync(CommandConsole console, TrainRequest request)
    {
        var start = request.From is null ? null : await StartSource.OpenAsync(request.From, request.Replica, damage => console.Error.WriteLine($"warning: {damage}"), CancellationToken.None);
        var recipe = StartedRecipe.Build(request.RecipeFile, request.Preset, request.Overrides, start);
        start ??= recipe.Start is null ? null : StartSource.Beside(request.RecipeFile, recipe.Start);
        var folder = RunFolder.ForNew(recipe.Name, request.RunFolder, Environment.CurrentDirectory);
        if (request.RunFolder is null)
        {
            recipe = recipe with { Name = Path.GetFileName(folder) };
        }

        Warn(console, recipe);
        var facts = DataCheck.ThrowIfUnfit(recipe, new DataNotices(console).Opening(request.Quiet));
        start?.ThrowIfUnfit(recipe, new SampleShape(facts.Channels, facts.Height, facts.Width), facts.Classes);
        recipe = RecipeFreezer.Freeze(recipe, request.Device);
        var estimate = JobEstimator.Estimate(recipe, facts, request.Device);
        RunSpace.Check(folder, estimate);
        try
        {
            return await StartAsync(console, request, recipe, folder, start, estimate);
        }
        finally
        {
            RunSpace.RemoveIfUnused(folder);
        }
    }

    private static async Task<int> StartAsync(CommandConsole console, TrainRequest request, Recipe recipe, string folder, StartSource? start, JobEstimate estimate)
    {
        List<string> lines = [$"training {recipe.Name} in {CommandForm.PathOf(folder, Environment.CurrentDirectory)}"];
        if (start is not null)
        {
            lines.Add($"it begins with the weights of {start.Name}");
            recipe = await start.PutAsync(folder, recipe, CancellationToken.None);
        }

        StartNotes.Write(console, request, estimate, lines);
        var plan = new TrainPlan { Recipe = recipe, RunFolder = folder, Device = request.Device, TensorBoard = request.TensorBoard, StopWithInput = request.StopWithInput, Web = request.Web };
        return await new TrainFlow(console, plan, request.Quiet, request.Json).RunAsync();
    }

    private static void Warn(CommandConsole console, Recipe recipe)
    {
        foreach (var warning in RecipeValidator.Warnings(recipe))
        {
            console.Error.WriteLine($"warning: {warning}");
        }
    }
}
