using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Recipes that work, but probably not as meant.</summary>
internal static class WarningRules
{
    private const string Replay = "techniques.experience-replay";

    public static IEnumerable<Finding> Find(Recipe recipe)
        => Normalization(recipe)
            .Concat(Spectral(recipe))
            .Concat(Compared(recipe))
            .Concat(Pooled(recipe.Techniques))
            .Concat(Replayed(recipe))
            .Concat(Sharded(recipe))
            .Concat(Averaged(recipe.Techniques.HistoricalAveraging))
            .Concat(Unused(recipe))
            .Concat(Champions(recipe))
            .Concat(Shrunk(recipe))
            .Concat(EnergyRules.Warnings(recipe))
            .Concat(ConditioningRules.Warnings(recipe))
            .Concat(TopologyRules.Warnings(recipe))
            .Concat(PopulationRules.Warnings(recipe))
            .Concat(DiscriminatorRules.Warnings(recipe.Topology));

    private static IEnumerable<Finding> Normalization(Recipe recipe)
    {
        if (recipe.Discriminator.Normalization == "batch" && recipe.UsesGradientOfDiscriminator())
        {
            yield return Finding.At("discriminator.normalization", "batch",
                $"{Penalising(recipe)} penalises the gradient of D of each sample, and batch normalisation mixes samples; take none or auto", "objective", "techniques");
        }
    }

    private static string Penalising(Recipe recipe)
        => recipe.Objective.UsesGradientOfDiscriminator ? $"objective {recipe.Objective.Kind}" : $"technique {(recipe.Techniques.R1 is null ? "r2" : "r1")}";

    private static IEnumerable<Finding> Compared(Recipe recipe)
    {
        if (recipe.Techniques.MinibatchDiscrimination is not null && recipe.UsesGradientOfDiscriminator())
        {
            yield return Finding.At("techniques.minibatch-discrimination", "on",
                $"{Penalising(recipe)} penalises the gradient of D of each sample, and the technique mixes samples; take packing, or turn it off", "objective", "techniques");
        }
    }

    private static IEnumerable<Finding> Pooled(TechniquesRecipe techniques)
    {
        if (techniques is { ExperienceReplay.Mode: "pool" } and ({ Packing: not null } or { MinibatchDiscrimination: not null }))
        {
            yield return Finding.At($"{Replay}.mode", "pool",
                $"mixes images of many generators in one batch, and {(techniques.Packing is not null ? "packing" : "minibatch-discrimination")} would take that for variety; take parallel or half",
                "techniques.packing.samples", "techniques.minibatch-discrimination");
        }
    }

    private static IEnumerable<Finding> Spectral(Recipe recipe)
    {
        if (recipe is { Discriminator.Normalization: "batch", Techniques.SpectralNormalization.OfDiscriminator: true })
        {
            yield return Finding.At("discriminator.normalization", "batch",
                "spectral normalisation bounds how fast each layer changes, and batch normalisation scales it again; take none or auto", "techniques.spectral-normalization.players");
        }

        if (recipe is { Objective: WassersteinRecipe, Techniques.SpectralNormalization.OfDiscriminator: true })
        {
            yield return Finding.At("techniques.spectral-normalization.players", recipe.Techniques.SpectralNormalization.Players,
                "objective wasserstein clips weights that spectral normalisation divides by their own size, so clipping bounds nothing; take hinge, or turn the technique off", "objective");
        }
    }

    private static IEnumerable<Finding> Replayed(Recipe recipe)
    {
        var replay = recipe.Techniques.ExperienceReplay;
        var defaults = new ExperienceReplayRecipe();
        if (replay is { Mode: "pool" } && !replay.Share.Equals(defaults.Share))
        {
            yield return Finding.At($"{Replay}.share", replay.Share, "has no effect in mode pool, which swaps each image with probability 1/2");
        }

        if (replay is { Mode: "pool" } && replay.BudgetBytes != defaults.BudgetBytes)
        {
            yield return Finding.At($"{Replay}.budget-bytes", replay.BudgetBytes, "has no effect in mode pool, whose pool is local to a replica; set pool-size");
        }

        if (replay is { Mode: "pool" })
        {
            foreach (var (key, value) in Drawn(replay, defaults))
            {
                yield return Finding.At($"{Replay}.{key}", value, "has no effect in mode pool, which swaps each image with probability 1/2", $"{Replay}.mode");
            }
        }
        else if (replay is { Selection: not "recency" } && !replay.HalfLife.Equals(defaults.HalfLife))
        {
            yield return Finding.At($"{Replay}.half-life", replay.HalfLife, $"has no effect with selection {replay.Selection}; take recency", $"{Replay}.selection");
        }

        if (replay is { Mode: not "pool" } && recipe.Topology.Replicas == 1 && !replay.OthersWeight.Equals(defaults.OthersWeight))
        {
            yield return Finding.At($"{Replay}.others-weight", replay.OthersWeight, "has no effect with one replica, which has no others", "topology.replicas");
        }

        if (replay is { Mode: not "pool" } && replay.PoolSize != defaults.PoolSize)
        {
            yield return Finding.At($"{Replay}.pool-size", replay.PoolSize, $"has no effect in mode {replay.Mode}; set budget-bytes");
        }
    }

    private static IEnumerable<Finding> Sharded(Recipe recipe)
    {
        if (recipe.Techniques.ExperienceReplay is { Mode: not "pool", Shards: { } shards } && shards > recipe.Topology.Replicas)
        {
            yield return Finding.At($"{Replay}.shards", shards, $"is more than the {recipe.Topology.Replicas} of topology.replicas, and there are no more shards than those", "topology.replicas");
        }
    }

    private static IEnumerable<(string Key, object? Value)> Drawn(ExperienceReplayRecipe replay, ExperienceReplayRecipe defaults)
        => new (string Key, object? Value, object? Default)[]
        {
            ("selection", replay.Selection, defaults.Selection),
            ("half-life", replay.HalfLife, defaults.HalfLife),
            ("others-weight", replay.OthersWeight, defaults.OthersWeight),
            ("samples-per-insert", replay.SamplesPerInsert, defaults.SamplesPerInsert),
            ("shards", replay.Shards, defaults.Shards),
        }.Where(static entry => !Equals(entry.Value, entry.Default)).Select(static entry => (entry.Key, entry.Value));

    private static IEnumerable<Finding> Averaged(HistoricalAveragingRecipe? averaging)
    {
        const string Key = "techniques.historical-averaging";
        var defaults = new HistoricalAveragingRecipe();
        if (averaging is { Kind: HistoricalAveragingRecipe.Running } && averaging.Last != defaults.Last)
        {
            yield return Finding.At($"{Key}.last", averaging.Last, "has no effect with kind running, which averages over all updates; set kind to last", $"{Key}.kind");
        }

        if (averaging is { Kind: HistoricalAveragingRecipe.Running } && averaging.EverySteps != defaults.EverySteps)
        {
            yield return Finding.At($"{Key}.every-steps", averaging.EverySteps, "has no effect with kind running, which averages over all updates; set kind to last", $"{Key}.kind");
        }
    }

    private static IEnumerable<Finding> Champions(Recipe recipe)
    {
        var defaults = new ModeChampionsRecipe();
        if (recipe.Techniques.ModeChampions is not { } champions)
        {
            yield break;
        }

        var arePoints = DataFacts.OfCatalog(recipe.Data) is { IsImages: false };
        if (champions.Clusters != defaults.Clusters && (arePoints || RunRules.HasClassifier(recipe)))
        {
            yield return Finding.At("techniques.mode-champions.clusters", champions.Clusters,
                $"has no effect: the modes of {recipe.Data.Name} are known without clusters");
        }

        if (!champions.Threshold.Equals(defaults.Threshold) && arePoints)
        {
            yield return Finding.At("techniques.mode-champions.threshold", champions.Threshold, "has no effect on points, which belong to the nearest centre");
        }
    }

    private static IEnumerable<Finding> Unused(Recipe recipe)
    {
        var (data, defaults) = (recipe.Data, new DataRecipe());
        if (data.Name is not ("ring" or "gaussians") && data.Modes != defaults.Modes)
        {
            yield return Finding.At("data.modes", data.Modes, "has no effect without the data set ring or gaussians");
        }

        if (data.Name != "gaussians" && !data.Spread.Equals(defaults.Spread))
        {
            yield return Finding.At("data.spread", data.Spread, "has no effect without the data set gaussians");
        }

        if (data.Name != "stacked-mnist" && data.Base != defaults.Base)
        {
            yield return Finding.At("data.base", data.Base, "has no effect without the data set stacked-mnist");
        }

        if (data.Folder is null && data.OnCorrupt != defaults.OnCorrupt)
        {
            yield return Finding.At("data.on-corrupt", data.OnCorrupt, "has no effect without data.folder");
        }
    }

    private static IEnumerable<Finding> Shrunk(Recipe recipe)
    {
        if (DataFacts.OfCatalog(recipe.Data) is { IsImages: true } facts && facts.Height > recipe.Data.Size)
        {
            yield return Finding.At("data.size", recipe.Data.Size, $"the images of {recipe.Data.Name} are {facts.Height} by {facts.Width} pixels and are shrunk; set {facts.Height} to keep them as they are");
        }
    }
}
