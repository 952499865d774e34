namespace DistGan.Training.Features;

/// <summary>How a feature network is fitted; the defaults made the one for clothes.</summary>
public sealed record FeatureTrainingOptions
{
    /// <summary>Turns through the images, at most.</summary>
    public int Passes { get; init; } = 14;

    /// <summary>Turns without progress on held-out images after which fitting ends.</summary>
    public int Patience { get; init; } = 5;

    /// <summary>Images in one update.</summary>
    public int Batch { get; init; } = 100;

    /// <summary>Images that are kept out to see when to stop.</summary>
    public int HeldOut { get; init; } = 1000;

    /// <summary>Adam's rate at the start; it falls to a hundredth along a half cosine.</summary>
    public double Rate { get; init; } = 2e-3;

    /// <summary>Decoupled decay of the weights a unit of rate (AdamW).</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Share of features that is left out while fitting.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>Pixels by which an image is shifted, at most, in each direction.</summary>
    public int Shift { get; init; } = 1;

    /// <summary>Whether every other image is mirrored: a mirrored boot is a boot, a mirrored 2 is no digit.</summary>
    public bool Mirror { get; init; } = true;

    public long Seed { get; init; } = 1;
}
