using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Techniques that do not fit the objective, the batch or the data.</summary>
internal static class TechniqueRules
{
    private const string Replay = "techniques.experience-replay";

    public static IEnumerable<Finding> Find(Recipe recipe, DataFacts? facts)
        => Smoothing(recipe)
            .Concat(Replayed(recipe, facts))
            .Concat(PackingRules.Find(recipe))
            .Concat(Compared(recipe))
            .Concat(Referenced(recipe))
            .Concat(Champions(recipe))
            .Concat(Augmented(recipe, facts))
            .Concat(UnrollingRules.Find(recipe));

    private static IEnumerable<Finding> Referenced(Recipe recipe)
    {
        if (recipe is { Techniques.VirtualBatchNormalization: not null, Generator.Normalization: "none" })
        {
            yield return Finding.At("techniques.virtual-batch-normalization", "on",
                "takes the place of batch normalisation in G, which has none; set generator.normalization to auto or batch, or turn the technique off", "generator.normalization");
        }
    }

    private static IEnumerable<Finding> Compared(Recipe recipe)
    {
        const string Key = "techniques.minibatch-discrimination";
        var packs = Math.Max(1, recipe.Techniques.Packing?.Samples ?? 1);
        if (recipe.Techniques.MinibatchDiscrimination is not { } compared)
        {
            yield break;
        }

        if (recipe.Batch / packs < 2)
        {
            yield return Finding.At(Key, "on", $"D sees one input at a time, so there is nothing to compare; give a batch of at least {2 * packs}", "batch", "techniques.packing.samples");
        }

        if (!compared.Normalise && recipe.Techniques.ExperienceReplay is { Mode: not "pool" } replay && (replay.Mode == "half" || replay.ImagesIn(recipe.Batch) != recipe.Batch))
        {
            yield return Finding.At($"{Key}.normalise", false,
                "sums over groups of different sizes would tell replayed and real images apart by their number; give true, or replay with mode parallel and share 1", "batch", $"{Replay}.share", $"{Replay}.mode");
        }
    }

    private static IEnumerable<Finding> Augmented(Recipe recipe, DataFacts? facts)
    {
        if (recipe.Techniques.Diffaugment is { } augment && facts is { IsImages: false })
        {
            yield return Finding.At("techniques.diffaugment.policy", augment.Policy,
                "changes images, but the data are points; turn the technique off", "data.name", "data.idx");
        }
    }

    private static IEnumerable<Finding> Champions(Recipe recipe)
    {
        if (recipe is { Techniques.ModeChampions: not null, Evaluation: null })
        {
            yield return Finding.At("techniques.mode-champions", null,
                "champions are judged at evaluations, which are off; set evaluation.every-steps, or turn the technique off", "evaluation");
        }
    }

    private static IEnumerable<Finding> Smoothing(Recipe recipe)
    {
        if (recipe.Techniques.LabelSmoothing is { } smoothing && !recipe.Objective.HasRealTarget)
        {
            var kinds = RecipeKinds.Objectives.Where(static kind => kind.Value().HasRealTarget).Select(static kind => kind.Key).ToArray();
            yield return Finding.At("techniques.label-smoothing.target", smoothing.Target,
                $"objective {recipe.Objective.Kind} has no real target that could be smoothed; turn the technique off (--set techniques.label-smoothing=false), or take {string.Join(", ", kinds[..^1])} or {kinds[^1]}", "objective");
        }
    }

    private static IEnumerable<Finding> Replayed(Recipe recipe, DataFacts? facts)
    {
        if (recipe.Techniques.ExperienceReplay is not { Mode: not "pool" } replay)
        {
            yield break;
        }

        var images = replay.ImagesIn(recipe.Batch);
        if (images == 0)
        {
            yield return Finding.At($"{Replay}.share", replay.Share,
                $"this share of a batch of {recipe.Batch} is less than one image; give at least {Scalars.Write(Math.Ceiling(500.0 / recipe.Batch) / 1000)}", "batch");
        }

        if (replay.Mode == "half" && images >= recipe.Batch)
        {
            yield return Finding.At($"{Replay}.share", replay.Share,
                $"mode half would replace the whole fresh batch of {recipe.Batch}; give a smaller share", "batch", $"{Replay}.mode");
        }

        var needed = (facts is null ? 0 : facts.ItemBytes(recipe.Data.Size) + recipe.Conditioning.LabelBytes) * recipe.Batch;
        var shards = replay.ShardsOf(recipe.Topology.Replicas);
        if (replay.BudgetBytes < needed * shards)
        {
            yield return shards == 1
                ? Finding.At($"{Replay}.budget-bytes", replay.BudgetBytes,
                    $"one batch of {recipe.Batch} needs {needed} bytes; give at least that", "batch", "data.size", "data.name", "data.idx")
                : Finding.At($"{Replay}.budget-bytes", replay.BudgetBytes,
                    $"one batch of {recipe.Batch} in each of {shards} shards needs {needed * shards} bytes; give at least that, or fewer shards",
                    "batch", "data.size", "data.name", "data.idx", "topology.replicas", $"{Replay}.shards");
        }
    }
}
