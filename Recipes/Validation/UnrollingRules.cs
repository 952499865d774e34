using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>What an update of D does that an imagined one cannot.</summary>
internal static class UnrollingRules
{
    private const string Key = "techniques.unrolling";

    public static IEnumerable<Finding> Find(Recipe recipe)
        => recipe.Techniques.Unrolling is { } unrolling ? Find(recipe, unrolling) : [];

    private static IEnumerable<Finding> Find(Recipe recipe, UnrollingRecipe unrolling)
    {
        if (unrolling.Loss == "minimax" && recipe.Objective is not (MinimaxRecipe or NonSaturatingRecipe or DraganRecipe))
        {
            yield return Finding.At($"{Key}.loss", unrolling.Loss,
                $"is the loss of G against a D that learns probabilities, and objective {recipe.Objective.Kind} gives it none; take objective, or the objective minimax, non-saturating or dragan", "objective");
        }

        if (unrolling.Steps == 0)
        {
            yield break;
        }

        foreach (var (does, key) in Unseen(recipe))
        {
            yield return Finding.At($"{Key}.steps", unrolling.Steps, $"{does}, which the updates that G looks through leave out; turn one of the two off, or give 0", key);
        }
    }

    private static IEnumerable<(string Does, string Key)> Unseen(Recipe recipe)
    {
        if (recipe.Objective is WassersteinRecipe)
        {
            yield return ("objective wasserstein cuts off the parameters of D after each update", "objective");
        }

        if (recipe.Objective.UsesEnergies)
        {
            yield return ($"objective {recipe.Objective.Kind} changes its own state with each update of D", "objective");
        }

        if (recipe.Techniques.SpectralNormalization is not null)
        {
            yield return ("technique spectral-normalization follows the weights of D from update to update", "techniques.spectral-normalization");
        }

        if (recipe.Techniques.ExperienceReplay is not null)
        {
            yield return ("technique experience-replay shows D earlier samples", "techniques.experience-replay");
        }

        if (recipe.Techniques.HistoricalAveraging is not null)
        {
            yield return ("technique historical-averaging changes the gradient of D", "techniques.historical-averaging");
        }
    }
}
