using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Client.Studies.Planning;
using DistGan.Client.Studies.Running;
using DistGan.Recipes;

namespace DistGan.Client.Studies;

/// <summary>From arguments to a checked plan, and on to the runs.</summary>
public static class StudyStart
{
    /// <summary>Plans a study, writes the plan, and runs it.</summary>
    public static async Task<int> NewAsync(CommandConsole console, StudyRequest request)
    {
        var folder = StudyFolder.ForNew(request.Studies, request.Name ?? $"{request.Kind}-{NameOf(request)}", request.Name is not null, Environment.CurrentDirectory);
        var (plan, recipe, estimate) = StudyPlanning.Make(console, request, folder);
        Announce(console, request, plan, folder, estimate);
        if (request.DryRun)
        {
            PlanText.Write(console, plan, request.Format);
            return ExitCodes.Done;
        }

        if (request.Budget is { } budget && estimate.Seconds > budget.TotalSeconds)
        {
            throw new CommandException(ExitCodes.Refused,
                $"The study is estimated to take {Text.Duration(TimeSpan.FromSeconds(estimate.Seconds))}, and --budget allows {Text.Duration(budget)}; give it fewer seeds or configurations, a smaller budget.steps, or a larger --budget.");
        }

        RunSpace.Check(folder.Path, estimate);
        folder.Write(plan, recipe);
        using var flow = new StudyFlow(console, folder, plan, request.Quiet, request.Format);
        return await flow.RunAsync();
    }

    /// <summary>Goes on with the runs of a study that are not finished.</summary>
    public static async Task<int> ResumeAsync(CommandConsole console, StudyFolder folder, bool retry, bool quiet, OutputFormat format)
    {
        var plan = folder.ReadPlan();
        if (retry)
        {
            folder.ForgetFailures(plan);
        }

        using var flow = new StudyFlow(console, folder, plan, quiet, format);
        return await flow.RunAsync();
    }

    private static string NameOf(StudyRequest request)
        => ConfigurationNames.Plain(Path.GetFileNameWithoutExtension(request.RecipeFile) ?? request.Preset ?? Presets.Default);

    private static void Announce(CommandConsole console, StudyRequest request, StudyPlan plan, StudyFolder folder, Estimates.JobEstimate estimate)
    {
        if (request.Quiet)
        {
            return;
        }

        var runs = plan.Order().Count;
        console.Error.WriteLine(
            $"study {plan.Id}: {Count(plan.Configurations.Count, "configuration")}, {Count(runs, "run")}{(plan.ConfirmSeeds.Count > 0 ? $" and {plan.ConfirmSeeds.Count} of the best" : "")} in {CommandForm.PathOf(folder.Path, Environment.CurrentDirectory)}");
        foreach (var skipped in plan.Skipped)
        {
            console.Error.WriteLine($"left out: {skipped.Name}, {skipped.Reason}");
        }

        console.Error.WriteLine($"{estimate}");
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
