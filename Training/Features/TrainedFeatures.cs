using DistGan.Training.Snapshots;

namespace DistGan.Training.Features;

/// <summary>A fitted feature network, ready to be frozen.</summary>
/// <param name="Weights">Arrays for <see cref="FeatureNetwork"/>; batch normalisation is folded into the convolutions.</param>
/// <param name="HeldOutAccuracy">Share of right answers on held-out images.</param>
/// <param name="Pass">The turn that they come from, counted from 1.</param>
public sealed record TrainedFeatures(IReadOnlyList<NamedArray> Weights, double HeldOutAccuracy, int Pass);
