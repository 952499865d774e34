namespace DistGan.Training.Layers;

/// <summary>Where a layer finds one of its weights.</summary>
public readonly record struct WeightHandle(int Index);
