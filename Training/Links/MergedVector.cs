namespace DistGan.Training.Links;

/// <summary>The vectors of a replica that replicas merge: θ and β of both players.</summary>
public enum MergedVector
{
    DiscriminatorParameters,
    DiscriminatorStatistics,
    GeneratorParameters,
    GeneratorStatistics,
}
