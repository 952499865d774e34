using DistGan.Recipes.Binding;

namespace DistGan.Recipes.Validation;

/// <summary>Budget and evaluation.</summary>
internal static class RunRules
{
    private const string Metrics = "evaluation.metrics";
    private const string Stacked = "stacked-mnist";

    /// <summary>Data sets with a frozen classifier, alone or stacked.</summary>
    private static readonly string[] Classified = ["fashion-10k", "fashion-mnist", "mnist"];

    /// <summary>Height and width of the smallest images that a classifier takes.</summary>
    private const int ClassifiedSize = 28;

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
        var hasClassifier = HasClassifier(recipe);
        foreach (var metric in metrics)
        {
            if (Problem(metric, isImages, hasClassifier) is { } problem)
            {
                yield return Finding.At(Metrics, metrics, problem, "data.name", "data.idx");
            }

            if (metric == MetricNames.LabelAccuracy && recipe.Data.Name == Stacked)
            {
                yield return Finding.At(Metrics, metrics, $"{metric} tells single digits, but a label of {Stacked} is a triple; take modes", "data.name");
            }

            if (metric == MetricNames.LabelAccuracy && !recipe.Conditioning.UsesLabels)
            {
                yield return Finding.At(Metrics, metrics, $"{metric} compares samples with the labels that they were asked for, and conditioning {recipe.Conditioning.Kind} asks for none; leave it out, or take cgan, projection or acgan", "conditioning");
            }
        }
    }

    /// <summary>Whether the images of a recipe can be told apart by a frozen classifier.</summary>
    internal static bool HasClassifier(Recipe recipe) => recipe.Data switch
    {
        { Size: < ClassifiedSize } => false,
        { Name: Stacked, Base: var digits } => Classified.Contains(digits),
        { Name: var name, Channels: null or 1 } => Classified.Contains(name),
        _ => false,
    };

    private static string? Problem(string metric, bool? isImages, bool hasClassifier) => (metric, isImages) switch
    {
        ("modes", true) when !hasClassifier => "modes counts the modes of point sets, or the classes of images for which there is a classifier; take fid",
        (MetricNames.LabelAccuracy, true) when !hasClassifier => $"{metric} needs a classifier, which there is for {string.Join(", ", Classified)}; leave it out",
        ("is", not null) when !hasClassifier => $"is needs a classifier, which there is for {string.Join(", ", Classified)}, and for stacked-mnist of these; take {(isImages is true ? "fid" : "modes")}",
        ("fid" or "kid" or "prdc" or "memorisation", false) => $"{metric} compares images, but the data are points; take modes",
        _ => null,
    };
}
