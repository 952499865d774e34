using DistGan.Grains.Interfaces.Data;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Worker.Data;

/// <summary>Uploaded data sets in an object store that this process sees.</summary>
public sealed class StoreDataSource(IObjectStore store) : IStoredDataSource
{
    public async Task<ReadOnlyMemory<byte>?> GetAsync(string id, int? part, CancellationToken cancellationToken)
        => (await store.GetAsync(part is { } number ? StoredDataFiles.Part(id, number) : StoredDataFiles.Manifest(id), cancellationToken).ConfigureAwait(false))?.Content;
}
