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

        if (network == "autoencoder" && recipe.Techniques.MinibatchDiscrimination is not null)
        {
            yield return Finding.At("techniques.minibatch-discrimination", "on",
                "joins similarities to the features that D's score is made of, but network autoencoder gives the error of a reconstruction, into which nothing but the sample itself enters; turn the technique off, or take another network", Network, "objective");
        }

        var packs = Math.Max(1, recipe.Techniques.Packing?.Samples ?? 1);
        if (objective is EnergyBasedRecipe { PullingAway: > 0 and var weight } && recipe.Batch / packs < 2)
        {
            yield return Finding.At("objective.pulling-away", weight, $"compares the codes of a batch, and this batch has one; give a batch of at least {2 * packs}, or 0", "batch", "techniques.packing.samples");
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
