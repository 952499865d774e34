using DistGan.Grains.Interfaces.Data;
using DistGan.Recipes;
using DistGan.Training.Data.Archives;
using DistGan.Training.Data.Sources;

namespace DistGan.Worker.Data;

/// <summary>
/// The copies of uploaded data sets on this machine: fetched from the store of a cluster once, verified by their hashes, and used by every replica and job from then on.
/// A copy has its name only when it is whole. Safe between threads and between processes; two processes that need one at the same time both fetch it.
/// </summary>
/// <param name="places">Where they are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="limit">Bytes that all copies may take together; those that were not used for the longest time make room. Null for no limit.</param>
public sealed class StoredDataCache(DataPlaces places, TimeProvider time, long? limit = null) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Where the files of a data set that was fetched are.</summary>
    public string FolderOf(string id) => places.StoredFolder(id);

    /// <summary>Why nothing can be kept here, as a sentence with a remedy; null where something can.</summary>
    public string? WhyUnwritable() => new StoredDataFolder(places, time).WhyUnwritable();

    /// <summary>Makes sure that a data set is on this machine.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="id">Its content hash.</param>
    /// <param name="isUnwanted">Asked between two parts; ends it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was fetched; null where it was here already.</returns>
    /// <exception cref="DistGanException">It is not in the store, or is damaged there; a <see cref="MachineException"/> where it does not fit on the disk of this machine.</exception>
    /// <exception cref="OperationCanceledException">It is not wanted any more.</exception>
    public async Task<FetchedData?> FetchAsync(IStoredDataSource source, string id, Func<bool> isUnwanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var folder = new StoredDataFolder(places, time);
            if (folder.IsThere(id))
            {
                return null;
            }

            var start = time.GetTimestamp();
            var stored = await source.GetAsync(id, part: null, cancellationToken).ConfigureAwait(false);
            var manifest = (stored is { } json ? StoredDataManifest.Read(json.Span, id) : null)
                ?? throw new DistGanException($"The uploaded data {id} are not in the store, and no copy of them is in {places.Stored}: submit the job again from the machine that has them.");
            folder.MakeRoom(manifest, limit);
            await folder.FillAsync(id, manifest, target => ArchiveParts.JoinAsync(
                StoredDataParts.ReadAsync(source, id, manifest, isUnwanted, cancellationToken), StoredDataManifest.PartBytes, target, cancellationToken)).ConfigureAwait(false);
            return new FetchedData(manifest.Name, manifest.Files, manifest.Bytes, time.GetElapsedTime(start));
        }
        finally
        {
            _ = _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
