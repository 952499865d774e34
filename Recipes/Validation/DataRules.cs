using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Data, the networks that can make it, and the batch.</summary>
internal static class DataRules
{
    public static IEnumerable<Finding> Find(Recipe recipe, DataFacts? facts)
        => SourceRules.Find(recipe, facts).Concat(Networks(recipe, facts)).Concat(Depths(recipe, facts)).Concat(Attention(recipe)).Concat(Counts(recipe, facts));

    private static IEnumerable<Finding> Networks(Recipe recipe, DataFacts? facts)
    {
        var players = new[] { (Key: "generator.network", recipe.Generator.Network), (Key: "discriminator.network", recipe.Discriminator.Network) }
            .Where(static player => ImageNetworks.IsOfImages(player.Network)).ToArray();
        if (facts is { IsImages: false })
        {
            return players.Select(static player => Finding.At(player.Key, player.Network, "works on images, but the data are points; take mlp or maxout-mlp", "data.name", "data.idx"));
        }

        return players.Select(static player => player.Network).Distinct().Where(network => !ImageNetworks.Makes(network, recipe.Data.Size))
            .Select(network => Finding.At("data.size", recipe.Data.Size, $"network {network} makes images of {ImageNetworks.Sizes(network)}; take one of these, or network mlp", "generator.network", "discriminator.network", "data.name", "data.idx"));
    }

    private static IEnumerable<Finding> Depths(Recipe recipe, DataFacts? facts)
    {
        foreach (var (key, player) in new[] { ("generator", recipe.Generator), ("discriminator", recipe.Discriminator) })
        {
            var most = ImageNetworks.Doublings(recipe.Data.Size);
            var doubles = ImageNetworks.HasDoublings(player.Network, recipe.Data.Size) && !(player.Network == "autoencoder" && facts is { IsImages: false });
            if (player.Depth is { } depth && doubles && depth > most && ImageNetworks.Makes(player.Network, recipe.Data.Size))
            {
                yield return Finding.At($"{key}.depth", depth,
                    $"images of {recipe.Data.Size} pixels can be doubled {most} times by network {player.Network}; give 1 to {most}, or auto", $"{key}.network", "data.size", "data.name", "data.idx");
            }

            if (player is { Depth: not null, Network: "infogan" })
            {
                yield return Finding.At($"{key}.depth", player.Depth, "network infogan doubles images twice, always; give auto, or network dcgan", $"{key}.network");
            }
        }
    }

    private static IEnumerable<Finding> Attention(Recipe recipe)
    {
        foreach (var (key, player) in new[] { ("generator", recipe.Generator), ("discriminator", recipe.Discriminator) })
        {
            if (player.Attention is not { } sizes)
            {
                continue;
            }

            var maps = ImageNetworks.HasDoublings(player.Network) && ImageNetworks.Makes(player.Network, recipe.Data.Size)
                ? ImageNetworks.InnerMaps(player, recipe.Data.Size, key == "discriminator")
                : [];
            if (!ImageNetworks.HasDoublings(player.Network))
            {
                yield return Finding.At($"{key}.attention", sizes, $"network {player.Network} has no blocks of attention; give null, or network dcgan or residual", $"{key}.network");
            }
            else if (maps.Count > 0 && !player.AttentionSizes.All(maps.Contains))
            {
                yield return Finding.At($"{key}.attention", sizes, $"network {player.Network} of {recipe.Data.Size} pixels has maps of {string.Join(", ", maps)}; take of these",
                    $"{key}.network", $"{key}.depth", "data.size", "data.name", "data.idx");
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
