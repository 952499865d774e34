using System.ComponentModel;

namespace DistGan.Recipes;

/// <summary>The remedies that are on; null is off. The key of each is its catalog name.</summary>
public sealed record TechniquesRecipe
{
    [Description("G matches the mean features of real samples inside D (Salimans et al. 2016, section 3.1).")]
    public FeatureMatchingRecipe? FeatureMatching { get; init; }

    [Description("The positive target of D is below 1 (Salimans et al. 2016, section 3.4).")]
    public LabelSmoothingRecipe? LabelSmoothing { get; init; }

    [Description("D also sees images that the generator made earlier.")]
    public ExperienceReplayRecipe? ExperienceReplay { get; init; }

    [Description("Parameters are drawn towards their historical average (Salimans et al. 2016, section 3.3).")]
    public HistoricalAveragingRecipe? HistoricalAveraging { get; init; }

    [Description("Samples come from an exponential moving average of the generator.")]
    public ExponentialMovingAverageRecipe? Ema { get; init; }

    [Description("The best generator of each mode is kept in the run folder; 'generate --champions' draws from the set.")]
    public ModeChampionsRecipe? ModeChampions { get; init; }
}
