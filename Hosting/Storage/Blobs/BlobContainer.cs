using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Hosting.Storage.Blobs;

/// <summary>
/// One container: made by the first write that misses it, with conditional writes whose outcome is known even where an answer is lost,
/// and failures in one sentence.
/// </summary>
internal sealed class BlobContainer(BlobContainerClient client)
{
    /// <summary>Metadata of a blob that says which write made it.</summary>
    private const string WriterKey = "distgan_write";

    public BlobContainerClient Client => client;

    public Uri Address => client.Uri;

    /// <summary>Runs a request; what the service or the network throws becomes one sentence.</summary>
    public async Task<T> GuardedAsync<T>(string what, string name, Func<Task<T>> request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await request().ConfigureAwait(false);
        }
        catch (Exception exception) when (BlobFailure.IsOfStorage(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw BlobFailure.Describe(what, name, client.Uri, exception);
        }
    }

    /// <summary>Runs a write; where the container is missing, makes it and runs the write once more.</summary>
    public async Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            return await write().ConfigureAwait(false);
        }
        catch (RequestFailedException failure) when (BlobFailure.IsMissingContainer(failure))
        {
            await client.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return await write().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Writes a whole blob under a condition. A try whose answer is lost is repeated by the client library and then refused by its own
    /// success; the mark of the write tells the two apart.
    /// </summary>
    /// <returns>The new ETag, or null where the condition does not hold.</returns>
    public async Task<string?> UploadAsync(
        string name, ReadOnlyMemory<byte> content, PutCondition condition, string contentType, CancellationToken cancellationToken)
    {
        var blob = client.GetBlobClient(name);
        var mark = Guid.NewGuid().ToString("N");
        var options = new BlobUploadOptions
        {
            Conditions = Conditions(condition),
            HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [WriterKey] = mark },
        };
        try
        {
            var answer = await WriteAsync(
                () => blob.UploadAsync(BinaryData.FromBytes(content), options, cancellationToken), cancellationToken).ConfigureAwait(false);
            return answer.Value.ETag.ToString();
        }
        catch (RequestFailedException failure) when (BlobFailure.IsRefusedCondition(failure) && condition != PutCondition.None)
        {
            return await TagIfMarkedAsync(blob, mark, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes a blob under a condition; false where the condition does not hold, true where it is gone or was not there.</summary>
    public async Task<bool> DeleteAsync(string name, PutCondition condition, CancellationToken cancellationToken)
    {
        var blob = client.GetBlobClient(name);
        if (condition.MustBeAbsent)
        {
            return !await blob.ExistsAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await blob.DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, Conditions(condition), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 404)
        {
            return true;
        }
        catch (RequestFailedException failure) when (BlobFailure.IsRefusedCondition(failure))
        {
            // Some servers answer a missing blob with the condition that it cannot meet.
            return !await blob.ExistsAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal static BlobRequestConditions Conditions(PutCondition condition) => new()
    {
        IfNoneMatch = condition.MustBeAbsent ? ETag.All : null,
        IfMatch = condition.Tag is { } tag ? new ETag(tag) : null,
    };

    private static async Task<string?> TagIfMarkedAsync(BlobClient blob, string mark, CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            return properties.Metadata.TryGetValue(WriterKey, out var writer) && writer == mark ? properties.ETag.ToString() : null;
        }
        catch (RequestFailedException failure) when (failure.Status is 404)
        {
            return null;
        }
    }
}
