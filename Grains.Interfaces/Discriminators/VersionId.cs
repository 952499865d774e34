namespace DistGan.Grains.Interfaces.Discriminators;

/// <summary>One version of a job's generator, as one owner of its replica trained it: a later one is greater, also where an owner went back to a snapshot.</summary>
/// <param name="Start">The start of the job.</param>
/// <param name="Epoch">The owner of replica 0.</param>
/// <param name="Attempt">How often this owner has begun at a snapshot.</param>
/// <param name="Version">The step of replica 0.</param>
[GenerateSerializer, Immutable, Alias("distgan.version-id")]
public readonly record struct VersionId([property: Id(0)] long Start, [property: Id(1)] long Epoch, [property: Id(2)] int Attempt, [property: Id(3)] long Version) : IComparable<VersionId>
{
    public static bool operator <(VersionId left, VersionId right) => left.CompareTo(right) < 0;

    public static bool operator >(VersionId left, VersionId right) => left.CompareTo(right) > 0;

    public static bool operator <=(VersionId left, VersionId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(VersionId left, VersionId right) => left.CompareTo(right) >= 0;

    public int CompareTo(VersionId other)
        => (Start, Epoch, Attempt, Version).CompareTo((other.Start, other.Epoch, other.Attempt, other.Version));
}
