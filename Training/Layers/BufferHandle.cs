namespace DistGan.Training.Layers;

/// <summary>Where a layer finds one of its buffers.</summary>
public readonly record struct BufferHandle(int Index);
