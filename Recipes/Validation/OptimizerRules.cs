using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Optimisers, and schedules that need to know when the job ends.</summary>
internal static class OptimizerRules
{
    public static IEnumerable<Finding> Find(Recipe recipe)
        => new[] { (Key: "generator.optimizer", recipe.Generator.Optimizer), (Key: "discriminator.optimizer", recipe.Discriminator.Optimizer) }
            .SelectMany(player => Momentum(player.Key, player.Optimizer).Concat(Schedule($"{player.Key}.schedule", player.Optimizer.Schedule, recipe)));

    private static IEnumerable<Finding> Momentum(string key, OptimizerRecipe optimizer)
    {
        if (optimizer is SgdRecipe { Nesterov: true, Momentum: 0 })
        {
            yield return Finding.At($"{key}.nesterov", true, "needs a momentum above 0; give one such as 0.9, or false", $"{key}.momentum");
        }
    }

    private static string Unknown(Recipe recipe) => recipe.Budget.Images is null
        ? "minutes do not say which step is the last; give budget.steps or budget.images"
        : $"with balance {recipe.Balance.Kind} images do not say which step is the last; give budget.steps";

    private static IEnumerable<Finding> Schedule(string key, ScheduleRecipe schedule, Recipe recipe)
    {
        if (!schedule.NeedsLastStep || recipe.Budget is { Steps: null, Images: null, Minutes: null })
        {
            yield break;
        }

        // A step shows at least one batch; a batch that is out of its bounds has an error of its own.
        if (recipe.Batch < 1 || recipe.Balance is StaticBalanceRecipe { Discriminator: < 1 })
        {
            yield break;
        }

        if (ScheduleRule.LastStep(recipe) is not { } last)
        {
            yield return Finding.At(key, schedule.Kind,
                $"changes the rate over the budget, but {Unknown(recipe)}, or take constant", "budget.steps", "budget.images", "balance");
        }
        else if (schedule is CosineScheduleRecipe { WarmUpSteps: var warmUp } && warmUp >= last)
        {
            yield return Finding.At($"{key}.warm-up-steps", warmUp,
                $"the budget ends at step {last}; give less than that", "budget.steps", "budget.images", "batch", "balance.discriminator");
        }
    }
}
