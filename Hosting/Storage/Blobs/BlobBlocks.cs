using System.Buffers.Text;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace DistGan.Hosting.Storage.Blobs;

/// <summary>The blocks a block blob is made of, as they were at one ETag.</summary>
/// <param name="Tag">The ETag; null where there is no blob.</param>
/// <param name="Length">Bytes of the blob.</param>
/// <param name="Ids">Ids of its blocks, none where it was written in one request.</param>
/// <param name="Sizes">Bytes of each block.</param>
internal sealed record BlobBlocks(ETag? Tag, long Length, IReadOnlyList<string> Ids, IReadOnlyList<long> Sizes)
{
    private const string Prefix = "distgan-";

    private static readonly BlobBlocks Missing = new(null, 0, [], []);

    /// <summary>An id that nobody has used; all of them have one length, as the service demands of the blocks of one blob.</summary>
    public static string NewId() => Convert.ToBase64String(Encoding.ASCII.GetBytes(Prefix + Guid.NewGuid().ToString("N")));

    /// <summary>Reads the list of a blob.</summary>
    public static async Task<BlobBlocks> ReadAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (answer.GetRawResponse().Headers.ETag is { } tag && answer.Value.CommittedBlocks.ToList() is { Count: > 0 } blocks)
            {
                return new(tag, blocks.Sum(static block => block.SizeLong), [.. blocks.Select(static block => block.Name)], [.. blocks.Select(static block => block.SizeLong)]);
            }

            // Written in one request, or there is nothing but staged blocks.
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            return new(properties.ETag, properties.ContentLength, [], []);
        }
        catch (RequestFailedException failure) when (failure.Status is 404)
        {
            return Missing;
        }
    }

    /// <summary>How many leading blocks an append leaves as they are; what follows them is written anew, together with what is appended.</summary>
    /// <remarks>
    /// All of them, as a rule. Small blocks at the end are joined from time to time, so that a blob stays far from the 50,000 blocks
    /// that it may have; a blob that others made is taken over whole, because ids of different lengths cannot stand together.
    /// </remarks>
    public int Kept(int mostSmall, long smallBytes)
    {
        if (Ids.Any(static id => !IsOurs(id)))
        {
            return 0;
        }

        var small = Sizes.Reverse().TakeWhile(size => size < smallBytes).Count();
        return small < mostSmall ? Ids.Count : Ids.Count - small;
    }

    private static bool IsOurs(string id)
        => Base64.IsValid(id, out var length) && length == Prefix.Length + 32
            && Encoding.ASCII.GetString(Convert.FromBase64String(id)).StartsWith(Prefix, StringComparison.Ordinal);
}
