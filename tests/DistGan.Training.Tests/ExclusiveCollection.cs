namespace DistGan.Training.Tests;

/// <summary>Tests that count all tensors of the process, draw from its generator, or change its threads or environment: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ExclusiveCollection
{
    public const string Name = "exclusive";
}
