namespace DistGan.EndToEnd.Tests;

/// <summary>Tests that measure the process they run in: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ExclusiveCollection
{
    public const string Name = "exclusive";
}
