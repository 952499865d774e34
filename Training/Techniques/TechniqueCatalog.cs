using DistGan.Recipes;
using DistGan.Training.Techniques.Augmenting;
using DistGan.Training.Techniques.LookingAhead;
using DistGan.Training.Techniques.Replay;

namespace DistGan.Training.Techniques;

/// <summary>The explicit catalog of techniques, in the order in which their hooks run.</summary>
public static class TechniqueCatalog
{
    public static IReadOnlyDictionary<string, Func<TechniquesRecipe, Technique?>> Makers { get; } =
        new Dictionary<string, Func<TechniquesRecipe, Technique?>>
        {
            ["feature-matching"] = static recipe => recipe.FeatureMatching is { } on ? new FeatureMatching(on) : null,
            ["minibatch-discrimination"] = static recipe => recipe.MinibatchDiscrimination is { } on ? new MinibatchDiscriminating(on) : null,
            ["virtual-batch-normalization"] = static recipe => recipe.VirtualBatchNormalization is { } on ? new VirtualBatchNormalizing(on) : null,
            ["spectral-normalization"] = static recipe => recipe.SpectralNormalization is { } on ? new SpectralNormalizing(on) : null,
            ["r1"] = static recipe => recipe.R1 is { } on ? new GradientPenalty("r1", MetricNames.R1Penalty, on, static turn => new(turn.RealSamples, turn.RealCodes)) : null,
            ["r2"] = static recipe => recipe.R2 is { } on ? new GradientPenalty("r2", MetricNames.R2Penalty, on, static turn => new(turn.FreshSamples, turn.FreshCodes)) : null,
            ["label-smoothing"] = static recipe => recipe.LabelSmoothing is { } on ? new LabelSmoothing(on) : null,
            ["unrolling"] = static recipe => recipe.Unrolling is { } on ? new Unrolling(on) : null,
            ["diffaugment"] = static recipe => recipe.Diffaugment is { } on ? new DiffAugment(on) : null,
            ["experience-replay"] = static recipe => recipe.ExperienceReplay switch
            {
                null => null,
                { Mode: "pool" } on => new ImagePool(on),
                { } on => new ExperienceReplay(on),
            },
            ["historical-averaging"] = static recipe => recipe.HistoricalAveraging switch
            {
                null => null,
                { Kind: HistoricalAveragingRecipe.LastValues } on => new LastValuesAveraging(on),
                { } on => new HistoricalAveraging(on),
            },
            ["ema"] = static recipe => recipe.Ema is { } on ? new ExponentialMovingAverage(on) : null,
            ["mode-champions"] = static recipe => recipe.ModeChampions is { } on ? new ModeChampions(on) : null,

            // Last: whatever changes samples on their way into D changes single ones, before they are joined.
            ["packing"] = static recipe => recipe.Packing is { } on ? new Packing(on) : null,
        };

    /// <summary>The techniques that are on.</summary>
    public static IReadOnlyList<Technique> Create(TechniquesRecipe recipe)
        => [.. Makers.Values.Select(make => make(recipe)).OfType<Technique>()];
}
