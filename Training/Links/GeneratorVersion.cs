namespace DistGan.Training.Links;

/// <summary>What a generator made between two of its updates, for the discriminators of other replicas.</summary>
/// <param name="Version">The step of replica 0.</param>
/// <param name="Batches">k batches: the numbers of their samples [N, …], then of their codes [N, code]; nobody writes to them any more.</param>
/// <param name="Swap">The swap that comes before it is worked on; null for none.</param>
public sealed record GeneratorVersion(long Version, IReadOnlyList<ReadOnlyMemory<float>> Batches, SwapOrder? Swap);
