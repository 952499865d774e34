using System.ComponentModel;

namespace DistGan.Recipes;

/// <summary>The remedies that are on; null is off. The key of each is its catalog name.</summary>
public sealed record TechniquesRecipe
{
    [Description("G matches the mean features of real samples inside D (Salimans et al. 2016, section 3.1).")]
    public FeatureMatchingRecipe? FeatureMatching { get; init; }

    [Description("D judges m samples at once, so that a lack of variety shows (PacGAN, Lin et al. 2018).")]
    public PackingRecipe? Packing { get; init; }

    [Description("D compares the samples of a batch with one another (Salimans et al. 2016, section 3.2).")]
    public MinibatchDiscriminationRecipe? MinibatchDiscrimination { get; init; }

    [Description("Weights of D are divided by their largest singular value (Miyato et al. 2018).")]
    public SpectralNormalizationRecipe? SpectralNormalization { get; init; }

    [Description("G is normalised with a fixed reference batch, so that an image is independent of its batch (Salimans et al. 2016, section 3.5).")]
    public VirtualBatchNormalizationRecipe? VirtualBatchNormalization { get; init; }

    [Description("D pays for its gradient in real samples: half of gamma times the mean of its squared norm (Mescheder et al. 2018).")]
    public GradientPenaltyRecipe? R1 { get; init; }

    [Description("D pays for its gradient in fresh generated samples, as r1 does in real ones (Mescheder et al. 2018).")]
    public GradientPenaltyRecipe? R2 { get; init; }

    [Description("The positive target of D is below 1 (Salimans et al. 2016, section 3.4).")]
    public LabelSmoothingRecipe? LabelSmoothing { get; init; }

    [Description("G's loss is taken against D as it will be after K of its updates (Metz et al. 2017).")]
    public UnrollingRecipe? Unrolling { get; init; }

    [Description("All images that D sees are changed at random, real and generated ones alike (DiffAugment, Zhao et al. 2020).")]
    public DiffAugmentRecipe? Diffaugment { get; init; }

    [Description("D also sees images that the generator made earlier.")]
    public ExperienceReplayRecipe? ExperienceReplay { get; init; }

    [Description("Parameters are drawn towards their historical average (Salimans et al. 2016, section 3.3).")]
    public HistoricalAveragingRecipe? HistoricalAveraging { get; init; }

    [Description("Samples come from an exponential moving average of the generator.")]
    public ExponentialMovingAverageRecipe? Ema { get; init; }

    [Description("The best generator of each mode is kept in the run folder; 'generate --champions' draws from the set.")]
    public ModeChampionsRecipe? ModeChampions { get; init; }

    /// <summary>Whether one of them adds a gradient of D with respect to its input to the loss of D.</summary>
    public bool UsesGradientOfDiscriminator() => R1 is not null || R2 is not null;
}
