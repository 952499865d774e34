namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>How much of a job a watcher has seen.</summary>
[GenerateSerializer, Immutable, Alias("distgan.job-cursor")]
public readonly record struct JobCursor([property: Id(0)] long Sequence, [property: Id(1)] long Report);
