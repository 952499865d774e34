using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DistGan.Grains.Interfaces.Data;
using DistGan.Grains.Interfaces.Storage;
using Orleans.Concurrency;

namespace DistGan.Grains.Data;

/// <summary>Reads and writes the store of the silo at which a client asks.</summary>
[StatelessWorker]
internal sealed class StoredDataGrain(IObjectStore store, TimeProvider time) : Grain, IStoredDataGrain
{
    private string Id => this.GetPrimaryKeyString();

    public async Task<StoredDataState> StateAsync(CancellationToken cancellationToken = default)
    {
        RequireId();
        return await store.GetAsync(StoredDataFiles.Manifest(Id), cancellationToken) is { } stored && StoredDataManifest.Read(stored.Content.Span, Id) is not null
            ? new StoredDataState { Complete = true, Parts = [] }
            : new StoredDataState { Complete = false, Parts = await PartsAsync(cancellationToken) };
    }

    public async Task BeginAsync(CancellationToken cancellationToken = default)
    {
        RequireId();
        _ = await store.PutAsync(StoredDataFiles.Upload(Id), Encoding.UTF8.GetBytes(time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)), PutCondition.None, cancellationToken);
    }

    public async Task<bool> HasAsync(int part, string sha256, CancellationToken cancellationToken = default)
        => await GetAsync(part, cancellationToken) is { } content && Convert.ToHexStringLower(SHA256.HashData(content.Span)) == sha256;

    public async Task PutAsync(int part, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        RequireId();
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, StoredDataManifest.PartBytes, nameof(content));
        _ = await store.PutAsync(StoredDataFiles.Part(Id, part), content, PutCondition.None, cancellationToken);
    }

    public async Task<ReadOnlyMemory<byte>?> GetAsync(int? part, CancellationToken cancellationToken = default)
    {
        RequireId();
        return (await store.GetAsync(part is { } number ? StoredDataFiles.Part(Id, number) : StoredDataFiles.Manifest(Id), cancellationToken))?.Content;
    }

    public async Task<IReadOnlyList<int>> CommitAsync(StoredDataManifest manifest, CancellationToken cancellationToken = default)
    {
        RequireId();
        if (manifest.ContentHash() != Id)
        {
            throw new ArgumentException($"The manifest is of the data {manifest.ContentHash()}, expected those of {Id}.", nameof(manifest));
        }

        int[] missing = [.. Enumerable.Range(0, manifest.Parts.Count).Except(await PartsAsync(cancellationToken))];
        if (missing.Length == 0)
        {
            _ = await store.PutAsync(StoredDataFiles.Manifest(Id), manifest.ToJson(), PutCondition.None, cancellationToken);
        }

        return missing;
    }

    public async Task DeleteAsync(CancellationToken cancellationToken = default)
    {
        RequireId();
        _ = await store.DeleteAsync(StoredDataFiles.Manifest(Id), PutCondition.None, cancellationToken);
        foreach (var part in await PartsAsync(cancellationToken))
        {
            _ = await store.DeleteAsync(StoredDataFiles.Part(Id, part), PutCondition.None, cancellationToken);
        }

        _ = await store.DeleteAsync(StoredDataFiles.Upload(Id), PutCondition.None, cancellationToken);
    }

    private async Task<List<int>> PartsAsync(CancellationToken cancellationToken)
    {
        var parts = new List<int>();
        await foreach (var name in store.ListAsync(StoredDataFiles.Parts(Id), cancellationToken))
        {
            if (StoredDataFiles.PartOf(Id, name) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    /// <summary>The key becomes a part of names.</summary>
    private void RequireId()
    {
        if (Id.Length != StoredDataFiles.IdLength || !Id.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException($"'{Id}' is no content hash: expected {StoredDataFiles.IdLength} hexadecimal digits in lower case.");
        }
    }
}
