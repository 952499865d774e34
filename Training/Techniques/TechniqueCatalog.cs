using DistGan.Recipes;
using DistGan.Training.Techniques.Replay;

namespace DistGan.Training.Techniques;

/// <summary>The explicit catalog of techniques, in the order in which their hooks run.</summary>
public static class TechniqueCatalog
{
    public static IReadOnlyDictionary<string, Func<TechniquesRecipe, Technique?>> Makers { get; } =
        new Dictionary<string, Func<TechniquesRecipe, Technique?>>
        {
            ["feature-matching"] = static recipe => recipe.FeatureMatching is { } on ? new FeatureMatching(on) : null,
            ["label-smoothing"] = static recipe => recipe.LabelSmoothing is { } on ? new LabelSmoothing(on) : null,
            ["experience-replay"] = static recipe => recipe.ExperienceReplay switch
            {
                null => null,
                { Mode: "pool" } on => new ImagePool(on),
                { } on => new ExperienceReplay(on),
            },
            ["historical-averaging"] = static recipe => recipe.HistoricalAveraging is { } on ? new HistoricalAveraging(on) : null,
            ["ema"] = static recipe => recipe.Ema is { } on ? new ExponentialMovingAverage(on) : null,
            ["mode-champions"] = static recipe => recipe.ModeChampions is { } on ? new ModeChampions(on) : null,
        };

    /// <summary>The techniques that are on.</summary>
    public static IReadOnlyList<Technique> Create(TechniquesRecipe recipe)
        => [.. Makers.Values.Select(make => make(recipe)).OfType<Technique>()];
}
