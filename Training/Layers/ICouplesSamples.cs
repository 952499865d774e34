namespace DistGan.Training.Layers;

/// <summary>A layer that makes the output of a sample depend on the others in its batch.</summary>
public interface ICouplesSamples : ILayer;
