using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Energies come from autoencoders, and objectives of energies alone know what to do with them.</summary>
internal static class EnergyRules
{
    private const string Network = "discriminator.network";

    public static IEnumerable<Finding> Find(Recipe recipe)
    {
        var (objective, network) = (recipe.Objective, recipe.Discriminator.Network);
        if (objective.UsesEnergies && network != "autoencoder")
        {
            yield return Finding.At(Network, network, $"objective {objective.Kind} needs energies, which network autoencoder alone gives; take autoencoder, or another objective", "objective");
        }

        if (!objective.UsesEnergies && network == "autoencoder")
        {
            var kinds = RecipeKinds.Objectives.Where(static kind => kind.Value().UsesEnergies).Select(static kind => kind.Key);
            yield return Finding.At("objective", objective.Kind, $"network autoencoder gives D's energies, which this objective takes for scores; take {string.Join(" or ", kinds)}, or another discriminator.network", Network);
        }

        foreach (var key in network == "autoencoder" ? Rebuilding(recipe.Techniques) : [])
        {
            yield return Finding.At(key, "on", "changes what enters or leaves the scores of D, but network autoencoder gives energies; turn the technique off, or take another network", Network, "objective");
        }

        if (objective is EnergyBasedRecipe { PullingAway: > 0 and var weight } && recipe.Batch < 2)
        {
            yield return Finding.At("objective.pulling-away", weight, "compares the images of a batch, and this batch has one; give a batch of at least 2, or 0", "batch");
        }
    }

    private static IEnumerable<string> Rebuilding(TechniquesRecipe techniques)
    {
        if (techniques.Packing is not null)
        {
            yield return "techniques.packing";
        }

        if (techniques.MinibatchDiscrimination is not null)
        {
            yield return "techniques.minibatch-discrimination";
        }
    }

    /// <summary>Keys that have no effect.</summary>
    public static IEnumerable<Finding> Warnings(Recipe recipe)
    {
        foreach (var (key, player, isEnergy) in new[] { ("generator", recipe.Generator, false), ("discriminator", recipe.Discriminator, recipe.Discriminator.Network == "autoencoder") })
        {
            if (!isEnergy && player.Code is { } code)
            {
                yield return Finding.At($"{key}.code", code, "has no effect but on a discriminator of network autoencoder", "discriminator.network");
            }

            if (!isEnergy && player.Norm != "auto")
            {
                yield return Finding.At($"{key}.norm", player.Norm, "has no effect but on a discriminator of network autoencoder", "discriminator.network");
            }
        }
    }
}
