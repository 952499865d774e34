using Orleans.Concurrency;

namespace DistGan.Grains.Interfaces.Data;

/// <summary>
/// The files of a data set in the object store, for clients that do not see it. A client puts the parts of their archive, in any order and as often as it likes, and commits them;
/// only then do they exist. It keeps nothing between calls, so that an upload goes on after a lost silo, and the next one where the last was broken off.
/// Key: the content hash of <see cref="StoredDataManifest.ContentHash"/>.
/// </summary>
[Alias("distgan.stored-data")]
public interface IStoredDataGrain : IGrainWithStringKey
{
    /// <summary>What is there of it.</summary>
    [Alias("state"), AlwaysInterleave]
    Task<StoredDataState> StateAsync(CancellationToken cancellationToken = default);

    /// <summary>Says that an upload begins or goes on: what is not committed, or named by no job, within a day of the last such word may be removed.</summary>
    [Alias("begin"), AlwaysInterleave]
    Task BeginAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether a part is there with this content, by its SHA-256 (hexadecimal, lower case).</summary>
    [Alias("has"), AlwaysInterleave]
    Task<bool> HasAsync(int part, string sha256, CancellationToken cancellationToken = default);

    /// <summary>Keeps a part: <see cref="StoredDataManifest.PartBytes"/> bytes, the last one fewer.</summary>
    [Alias("put"), AlwaysInterleave]
    Task PutAsync(int part, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>A part of it; the manifest, as the store has it, where no number is given. Null where there is none.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<ReadOnlyMemory<byte>?> GetAsync(int? part, CancellationToken cancellationToken = default);

    /// <summary>Makes the data exist, once every part is there; the numbers of those that are not.</summary>
    /// <exception cref="ArgumentException">The manifest is of other data.</exception>
    [Alias("commit"), AlwaysInterleave]
    Task<IReadOnlyList<int>> CommitAsync(StoredDataManifest manifest, CancellationToken cancellationToken = default);

    /// <summary>Removes it, the manifest first.</summary>
    [Alias("delete"), AlwaysInterleave]
    Task DeleteAsync(CancellationToken cancellationToken = default);
}
