using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>The loss that G minimises when it looks ahead.</summary>
internal static class UnrollingRules
{
    private const string Key = "techniques.unrolling";

    public static IEnumerable<Finding> Find(Recipe recipe)
    {
        if (recipe is { Techniques.Unrolling: { Loss: "minimax" } unrolling, Objective: { HasDiscriminator: true } and not (MinimaxRecipe or NonSaturatingRecipe or DraganRecipe) })
        {
            yield return Finding.At($"{Key}.loss", unrolling.Loss,
                $"is the loss of G against a D that learns probabilities, and objective {recipe.Objective.Kind} gives it none; take objective, or the objective minimax, non-saturating or dragan", "objective");
        }
    }
}
