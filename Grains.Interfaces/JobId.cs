namespace DistGan.Grains.Interfaces;

/// <summary>Identifies a job; also the name of its run folder.</summary>
[GenerateSerializer, Immutable, Alias("distgan.job-id")]
public readonly record struct JobId([property: Id(0)] string Value)
{
    public override string ToString() => Value;
}
