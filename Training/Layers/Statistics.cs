namespace DistGan.Training.Layers;

/// <summary>Which mean and variance normalisation uses.</summary>
public enum Statistics
{
    /// <summary>Those of the batch; running statistics stay as they are.</summary>
    Batch,

    /// <summary>Those of the batch, which also move the running statistics.</summary>
    BatchAndUpdate,

    /// <summary>The running ones: each sample is independent of its batch.</summary>
    Running,
}
