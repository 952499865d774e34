using Orleans.Concurrency;

namespace DistGan.Grains.Interfaces.Artifacts;

/// <summary>
/// The files of a job's run folder, for clients that do not see the object store. It keeps nothing between calls, so that a read goes on after a lost silo. Key: the job id.
/// </summary>
[Alias("distgan.artifact-reader")]
public interface IArtifactReaderGrain : IGrainWithStringKey
{
    /// <summary>Bytes in one answer of <see cref="ReadAsync"/> at most.</summary>
    const int ChunkBytes = 1 << 20;

    /// <summary>Names in one answer of <see cref="ListAsync"/> at most; after fewer there are no more.</summary>
    const int NamesInAnswer = 5000;

    /// <summary>Names below the run folder that begin with <paramref name="prefix"/>, in ordinal order, those after <paramref name="after"/>.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<IReadOnlyList<string>> ListAsync(string prefix, string? after = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// A part of a file from <paramref name="offset"/> on; null where there is no such file. Ask again behind it until the part is the last. A file of one part is of one piece;
    /// larger ones are written once, or grow at their end.
    /// </summary>
    [Alias("read"), AlwaysInterleave]
    Task<ArtifactChunk?> ReadAsync(string name, long offset, CancellationToken cancellationToken = default);
}
