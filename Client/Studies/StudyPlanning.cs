using DistGan.Client.CommandLine;
using DistGan.Client.Data;
using DistGan.Client.Estimates;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Client.Studies.Planning;
using DistGan.Client.Studies.Running;
using DistGan.Recipes;

namespace DistGan.Client.Studies;

/// <summary>Makes the plan of a study from its arguments; whatever is wrong anywhere in it is said at once, before anything starts.</summary>
internal static class StudyPlanning
{
    private const int MostRuns = 10_000;

    /// <exception cref="InvalidRecipeException">The arguments, or a recipe that they make, are not valid.</exception>
    public static (StudyPlan Plan, Recipe Recipe, JobEstimate Estimate) Make(CommandConsole console, StudyRequest request, StudyFolder folder)
    {
        var errors = new List<RecipeError>();
        var draft = StudyDraft.Read(request, errors);
        ThrowIf(errors);
        var recipe = RecipeFreezer.Freeze(draft.Recipe!, request.Device) with { Threads = draft.Recipe!.Threads };
        var recipes = PlannedRecipes.Make(recipe, draft.Configurations, errors);
        if (draft.Configurations.Count * (long)draft.Seeds.Count > MostRuns)
        {
            errors.Add(new("--vary", null, $"these are {draft.Configurations.Count} configurations under {draft.Seeds.Count} seeds, more than {MostRuns} runs; vary less"));
        }

        RefuseTwins(request, recipes, errors);
        ThrowIf(errors);
        var opening = new DataNotices(console).Opening(request.Quiet);
        var facts = PlannedRecipes.Check(recipes, one => DataCheck.ThrowIfUnfit(one, opening), errors);
        ThrowIf(errors);
        var estimates = Estimate(request, recipes, facts);
        var configurations = draft.Configurations.Select((configuration, i) => StudyRuns.With(configuration, recipes[i].Recipe, draft.Seeds, request, folder, estimates[i].Seconds)).ToList();
        var plan = new StudyPlan
        {
            Id = folder.Id,
            Kind = request.Kind,
            Created = console.Time.GetUtcNow(),
            Command = request.Command,
            Recipe = recipe.Name,
            Device = request.Device,
            Parallel = request.Parallel,
            Baseline = BaselineOf(request, recipe, recipes),
            ConfirmSeeds = draft.ConfirmSeeds,
            Configurations = configurations,
            Skipped = draft.Skipped,
        };
        return (plan, recipe, Total(plan, estimates));
    }

    private static void ThrowIf(List<RecipeError> errors)
    {
        if (errors.Count > 0)
        {
            throw new InvalidRecipeException(errors);
        }
    }

    private static string? BaselineOf(StudyRequest request, Recipe recipe, IReadOnlyList<(string Name, Recipe Recipe)> recipes) => request.Kind switch
    {
        StudyKinds.Grid => GridPlanner.BaselineOf(recipe, recipes),
        StudyKinds.Techniques => TechniquePlanner.Baseline,
        _ => null,
    };

    /// <summary>Two values of a grid may say the same, such as 1e-4 and 0.0001.</summary>
    private static void RefuseTwins(StudyRequest request, IReadOnlyList<(string Name, Recipe Recipe)> recipes, List<RecipeError> errors)
    {
        if (request.Kind != StudyKinds.Grid)
        {
            return;
        }

        errors.AddRange(recipes.GroupBy(static one => RecipeJson.Sha256(one.Recipe)).Where(static group => group.Count() > 1)
            .Select(static group => new RecipeError("--vary", null, $"{string.Join(" and ", group.Select(static one => one.Name))} are the same recipe; give each value once")));
    }

    private static List<JobEstimate> Estimate(StudyRequest request, IReadOnlyList<(string Name, Recipe Recipe)> recipes, IReadOnlyList<DataFacts> facts)
    {
        var rates = new Dictionary<string, double>(StringComparer.Ordinal);
        return [.. recipes.Select((one, i) =>
        {
            var recipe = one.Recipe with { Threads = StudyRuns.ThreadsOf(one.Recipe, request.Parallel) };
            if (!rates.TryGetValue(recipe.Precision, out var rate))
            {
                TorchSharp.torch.set_num_threads(recipe.Threads.Value);
                rates[recipe.Precision] = rate = MachineRate.Measure(TorchSharp.torch.device(request.Device), recipe.Precision);
            }

            return JobEstimator.Estimate(recipe, facts[i], rate);
        })];
    }

    /// <summary>All runs: times share the machine, folders add up, and so does the memory of what trains at the same time.</summary>
    private static JobEstimate Total(StudyPlan plan, List<JobEstimate> estimates)
    {
        var runs = plan.Configurations.Select(static configuration => (double)configuration.Runs.Count).ToList();
        var confirmed = plan.ConfirmSeeds.Count;
        return new(
            (plan.Order().Sum(static run => run.EstimatedSeconds) + (confirmed * estimates.Max(static one => one.Seconds))) / plan.Parallel,
            plan.Parallel * estimates.Max(static one => one.MemoryBytes),
            estimates.Select((one, i) => one.DiskBytes * runs[i]).Sum() + (confirmed * estimates.Max(static one => one.DiskBytes)));
    }
}
