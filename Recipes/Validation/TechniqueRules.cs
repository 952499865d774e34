using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Techniques that do not fit the objective, the batch or the data.</summary>
internal static class TechniqueRules
{
    private const string Replay = "techniques.experience-replay";

    public static IEnumerable<Finding> Find(Recipe recipe, DataFacts? facts)
        => Smoothing(recipe).Concat(Replayed(recipe, facts)).Concat(Champions(recipe));

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
            yield return Finding.At("techniques.label-smoothing.target", smoothing.Target,
                $"objective {recipe.Objective.Kind} has no real target that could be smoothed; turn the technique off, or take minimax, non-saturating or least-squares", "objective");
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

        var needed = (facts?.ItemBytes(recipe.Data.Size) ?? 0) * recipe.Batch;
        if (replay.BudgetBytes < needed)
        {
            yield return Finding.At($"{Replay}.budget-bytes", replay.BudgetBytes,
                $"one batch of {recipe.Batch} needs {needed} bytes; give at least that", "batch", "data.size", "data.name", "data.idx");
        }
    }
}
