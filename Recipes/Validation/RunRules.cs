using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Budget and evaluation.</summary>
internal static class RunRules
{
    private const string Metrics = "evaluation.metrics";

    public static IEnumerable<Finding> Find(Recipe recipe, DataFacts? facts)
    {
        if (recipe.Budget is { Steps: null, Images: null, Minutes: null })
        {
            yield return Finding.At("budget", null, "has no bound, so the job would never end; give steps, images or minutes", "budget.steps");
        }

        if (recipe.Evaluation is not { Metrics: var metrics })
        {
            yield break;
        }

        if (metrics.Contains("auto") && metrics.Count > 1)
        {
            yield return Finding.At(Metrics, metrics, "auto takes every score that fits the data; leave out the others, or auto");
        }

        // Files are always images.
        var isImages = facts?.IsImages ?? (recipe.Data is { Idx: not null } or { Folder: not null } ? true : null);
        if (isImages is true && metrics.Contains("modes"))
        {
            yield return Finding.At(Metrics, metrics, "modes counts the modes of point sets, but the data are images; take fid", "data.name", "data.idx");
        }

        if (isImages is false && metrics.Contains("fid"))
        {
            yield return Finding.At(Metrics, metrics, "fid compares images, but the data are points; take modes", "data.name", "data.idx");
        }
    }
}
