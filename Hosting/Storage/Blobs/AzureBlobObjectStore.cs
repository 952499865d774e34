using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Hosting.Storage.Blobs;

/// <summary>
/// An object store in a container of an Azure storage account: an object is a block blob, its tag the blob's ETag. A container that is
/// missing is made by the first write.
/// </summary>
/// <remarks>
/// The service keeps what a call has written before it answers. A large stream is staged in blocks that nobody sees before the last
/// request; where it fails, nothing is left but blocks that the service drops after a week.
/// </remarks>
public sealed class AzureBlobObjectStore : IObjectStore
{
    private const string ContentType = "application/octet-stream";
    private const string ProbeName = ObjectName.Reserved + "/probe";

    private readonly BlobContainer _container;
    private readonly BlobAppender _appender;

    /// <param name="container">The container; it may not exist yet.</param>
    public AzureBlobObjectStore(BlobContainerClient container)
    {
        ArgumentNullException.ThrowIfNull(container);
        _container = new BlobContainer(container);
        _appender = new BlobAppender(_container);
    }

    /// <summary>The container's address, without any key.</summary>
    public string Address => _container.Address.GetLeftPart(UriPartial.Path);

    /// <summary>Makes the container and writes, lists and deletes an object in it, so that an account that cannot be used is known at the start.</summary>
    /// <exception cref="ObjectStoreException">It cannot be reached, refuses the key, or gives too few rights.</exception>
    public Task EnsureWritableAsync(CancellationToken cancellationToken)
        => _container.GuardedAsync("use", ProbeName, async () =>
        {
            await _container.UploadAsync(ProbeName, "probe"u8.ToArray(), PutCondition.None, ContentType, cancellationToken).ConfigureAwait(false);
            await foreach (var _ in _container.Client.GetBlobsAsync(BlobTraits.None, BlobStates.None, ProbeName, cancellationToken).ConfigureAwait(false))
            {
                break;
            }

            return await _container.DeleteAsync(ProbeName, PutCondition.None, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    public Task<string?> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellationToken)
    {
        ObjectName.ValidateObject(name);
        return _container.GuardedAsync(
            "write", name, () => _container.UploadAsync(name, content, condition, ContentType, cancellationToken), cancellationToken);
    }

    public Task<string> PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        ObjectName.ValidateObject(name);
        return _container.GuardedAsync("write", name, () => PutPiecesAsync(name, content, cancellationToken), cancellationToken);
    }

    public Task AppendAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ObjectName.ValidateObject(name);
        return _container.GuardedAsync("append to", name, () => _appender.AppendAsync(name, content, cancellationToken), cancellationToken);
    }

    public Task<StoredObject?> GetAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.ValidateObject(name);
        return _container.GuardedAsync<StoredObject?>("read", name, async () =>
        {
            try
            {
                var answer = (await _container.Client.GetBlobClient(name).DownloadContentAsync(cancellationToken).ConfigureAwait(false)).Value;
                return new StoredObject(answer.Content.ToMemory(), answer.Details.ETag.ToString());
            }
            catch (RequestFailedException failure) when (failure.Status is 404)
            {
                return null;
            }
        }, cancellationToken);
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.ValidateObject(name);
        return _container.GuardedAsync<Stream?>(
            "open", name,
            async () => await BlobReadStream.OpenAsync(_container, _container.Client.GetBlobClient(name), cancellationToken).ConfigureAwait(false),
            cancellationToken);
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = await _container.GuardedAsync("list", prefix, () => NamesAsync(prefix, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    public Task<bool> DeleteAsync(string name, PutCondition condition, CancellationToken cancellationToken)
    {
        ObjectName.ValidateObject(name);
        return _container.GuardedAsync("delete", name, () => _container.DeleteAsync(name, condition, cancellationToken), cancellationToken);
    }

    private async Task<List<string>> NamesAsync(string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        try
        {
            await foreach (var blob in _container.Client.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken).ConfigureAwait(false))
            {
                if (ObjectName.IsValid(blob.Name) && !ObjectName.IsReserved(blob.Name))
                {
                    names.Add(blob.Name);
                }
            }
        }
        catch (RequestFailedException failure) when (BlobFailure.IsMissingContainer(failure))
        {
            return [];
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private async Task<string> PutPiecesAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[BlobAppender.PieceBytes];
        var filled = await FillAsync(name, content, buffer, cancellationToken).ConfigureAwait(false);
        if (filled < buffer.Length)
        {
            return (await _container.UploadAsync(name, buffer.AsMemory(0, filled), PutCondition.None, ContentType, cancellationToken).ConfigureAwait(false))!;
        }

        var blob = _container.Client.GetBlockBlobClient(name);
        var ids = new List<string>();
        for (; filled > 0; filled = await FillAsync(name, content, buffer, cancellationToken).ConfigureAwait(false))
        {
            var piece = buffer.AsMemory(0, filled);
            ids.Add(await _container.WriteAsync(() => BlobAppender.StageAsync(blob, piece, cancellationToken), cancellationToken).ConfigureAwait(false));
        }

        try
        {
            return (await blob.CommitBlockListAsync(ids, new CommitBlockListOptions(), cancellationToken).ConfigureAwait(false)).Value.ETag.ToString();
        }
        catch (RequestFailedException failure) when (BlobFailure.IsLostBlock(failure))
        {
            throw new ObjectStoreException($"Cannot write '{name}' in the Azure container {Address}: another writer has written it at the same time. Write it again.", failure);
        }
    }

    // What the source throws is not a failure of the store's network.
    private async Task<int> FillAsync(string name, Stream content, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new ObjectStoreException($"Cannot write '{name}' in the Azure container {Address}: what it should hold could not be read: {exception.Message}", exception);
        }
    }
}
