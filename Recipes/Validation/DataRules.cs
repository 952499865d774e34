using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Data, the networks that can make it, and the batch.</summary>
internal static class DataRules
{
    /// <summary>Image sizes that a dcgan makes.</summary>
    private static readonly int[] DcganSizes = [28, 32];

    public static IEnumerable<Finding> Find(Recipe recipe, DataFacts? facts)
        => SourceRules.Find(recipe, facts).Concat(Networks(recipe, facts)).Concat(Depths(recipe)).Concat(Counts(recipe, facts));

    private static IEnumerable<Finding> Networks(Recipe recipe, DataFacts? facts)
    {
        var players = new[] { (Key: "generator.network", recipe.Generator.Network), (Key: "discriminator.network", recipe.Discriminator.Network) }
            .Where(static player => player.Network == "dcgan").ToArray();
        if (facts is { IsImages: false })
        {
            return players.Select(static player => Finding.At(player.Key, player.Network, "works on images, but the data are points; take mlp", "data.name", "data.idx"));
        }

        return players.Length > 0 && !DcganSizes.Contains(recipe.Data.Size)
            ? [Finding.At("data.size", recipe.Data.Size, $"network dcgan makes images of {string.Join(" or ", DcganSizes)} pixels; take one of these, or network mlp", "generator.network", "discriminator.network", "data.name", "data.idx")]
            : [];
    }

    private static IEnumerable<Finding> Depths(Recipe recipe)
    {
        foreach (var (key, player) in new[] { ("generator", recipe.Generator), ("discriminator", recipe.Discriminator) })
        {
            // A dcgan halves the size once a layer and keeps at least 2 pixels.
            var most = 0;
            for (var size = recipe.Data.Size; size % 2 == 0 && size / 2 >= 2; size /= 2)
            {
                most++;
            }

            if (player is { Network: "dcgan", Depth: { } depth } && depth > most && DcganSizes.Contains(recipe.Data.Size))
            {
                yield return Finding.At($"{key}.depth", depth,
                    $"images of {recipe.Data.Size} pixels can be doubled {most} times by a dcgan; give 1 to {most}, or auto", $"{key}.network", "data.size", "data.name", "data.idx");
            }
        }
    }

    private static IEnumerable<Finding> Counts(Recipe recipe, DataFacts? facts)
    {
        if (facts is { Count: > 0 } && recipe.Batch > facts.Count)
        {
            yield return Finding.At("batch", recipe.Batch, $"the data set has {facts.Count} samples; give at most that", "data.name", "data.idx");
        }
    }
}
