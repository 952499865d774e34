using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Balances that need accuracies, and thresholds that would leave out both players.</summary>
internal static class BalanceRules
{
    private const string Threshold = "balance.generator-threshold";

    public static IEnumerable<Finding> Find(Recipe recipe)
    {
        if (recipe.Balance.NeedsAccuracies && !recipe.Objective.HasDecisionBoundary)
        {
            var kinds = RecipeKinds.Balances.Where(static kind => !kind.Value().NeedsAccuracies).Select(static kind => kind.Key);
            yield return Finding.At("balance", recipe.Balance.Kind,
                $"needs the accuracies of D, but objective {recipe.Objective.Kind} has no decision boundary; take {string.Join(" or ", kinds)}, or another objective", "objective");
        }

        if (recipe.Balance is AccuracyGateBalanceRecipe gate && gate.GeneratorThreshold + gate.Hysteresis >= gate.DiscriminatorThreshold - gate.Hysteresis)
        {
            yield return Finding.At(Threshold, gate.GeneratorThreshold,
                $"could leave out both players at once; give a value that is more than twice the hysteresis ({Scalars.Write(gate.Hysteresis)}) below balance.discriminator-threshold ({Scalars.Write(gate.DiscriminatorThreshold)})", "balance.discriminator-threshold", "balance.hysteresis");
        }
    }
}
