namespace DistGan.Grains.Interfaces.Parameters;

/// <summary>Σθ[i] over t updates, in double precision so that a long run does not lose its newest updates.</summary>
[GenerateSerializer, Immutable, Alias("distgan.parameter-totals")]
public sealed record ParameterTotals
{
    [Id(0)]
    public required long Count { get; init; }

    [Id(1)]
    public required ReadOnlyMemory<double> Sum { get; init; }
}
