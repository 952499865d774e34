using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>An objective without a discriminator: what needs one is refused.</summary>
internal static class VariationalRules
{
    /// <summary>Techniques that act on weights or snapshots alone, and the one that is refused for want of a target.</summary>
    private static readonly string[] Possible = ["historical-averaging", "ema", "label-smoothing", "mode-champions"];

    public static IEnumerable<Finding> Find(Recipe recipe, DataFacts? facts)
        => recipe.Objective is VariationalRecipe objective ? Techniques(recipe).Concat(Updates(recipe)).Concat(Likelihood(recipe, objective, facts)) : [];

    private static IEnumerable<Finding> Techniques(Recipe recipe)
        => RecipePart.Of(typeof(TechniquesRecipe)).Members
            .Where(member => member.Get(recipe.Techniques) is not null && !Possible.Contains(member.Key))
            .Select(static member => Finding.At($"techniques.{member.Key}", "on", "needs a discriminator, which objective vae does not have; turn the technique off, or take another objective", "objective"));

    private static IEnumerable<Finding> Updates(Recipe recipe)
    {
        if (recipe.Latent.Distribution != "normal")
        {
            yield return Finding.At("latent.distribution", recipe.Latent.Distribution, "objective vae draws codes towards the normal distribution; take normal", "objective");
        }

        if (recipe.Balance is not StaticBalanceRecipe)
        {
            yield return Finding.At("balance", recipe.Balance.Kind, "weighs two players against each other, but objective vae updates both networks together; take static", "objective");
        }

        if (recipe.Balance is StaticBalanceRecipe { Generator: not 1 and var updates })
        {
            yield return Finding.At("balance.generator", updates, "objective vae updates both networks together, balance.discriminator times in a step; give 1", "objective");
        }
    }

    private static IEnumerable<Finding> Likelihood(Recipe recipe, VariationalRecipe objective, DataFacts? facts)
    {
        if (objective.Likelihood == "bernoulli" && facts is { IsImages: false })
        {
            yield return Finding.At("objective.likelihood", objective.Likelihood, "takes numbers of images for probabilities, but the data are points; take gaussian", "data.name", "data.idx");
        }

        if (objective.Likelihood == "bernoulli" && recipe.Precision == "bfloat16")
        {
            yield return Finding.At("precision", recipe.Precision, "rounds probabilities near 0 and 1 to them, and likelihood bernoulli takes their logarithm; take float32, or likelihood gaussian", "objective.likelihood");
        }
    }
}
