using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace DistGan.Hosting.Storage.Blobs;

/// <summary>
/// Appends to block blobs: stages what is new as a block and commits the list with it, under the ETag that the list was read with. So an
/// append is whole, in order among others, and there once even where an answer is lost: the list itself tells.
/// </summary>
/// <remarks>Why not append blobs: decision 0081.</remarks>
internal sealed class BlobAppender(BlobContainer container)
{
    /// <summary>Blocks below this size are joined when there are <see cref="MostSmall"/> of them at the end.</summary>
    public const long SmallBytes = 1024 * 1024;

    public const int MostSmall = 64;

    /// <summary>Bytes of a block that is written anew.</summary>
    public const int PieceBytes = 8 * 1024 * 1024;

    // Of several writers one gets through at each try.
    private const int Attempts = 200;

    public async Task<string> AppendAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var blob = container.Client.GetBlockBlobClient(name);
        var mine = new HashSet<string>(StringComparer.Ordinal);
        for (var attempt = 1; ; attempt++)
        {
            var before = await BlobBlocks.ReadAsync(blob, cancellationToken).ConfigureAwait(false);
            if (before.Tag is { } tag && before.Ids.Any(mine.Contains))
            {
                return tag.ToString();
            }

            try
            {
                return await container.WriteAsync(() => OnceAsync(blob, before, content, mine, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException failure) when (IsOvertaken(failure) && attempt < Attempts)
            {
                // Another writer was faster: once more, after it.
            }
        }
    }

    private static async Task<string> OnceAsync(
        BlockBlobClient blob, BlobBlocks before, ReadOnlyMemory<byte> content, HashSet<string> mine, CancellationToken cancellationToken)
    {
        var kept = before.Kept(MostSmall, SmallBytes);
        List<string> ids = [.. before.Ids.Take(kept)];
        for (var start = before.Sizes.Take(kept).Sum(); start < before.Length; start += PieceBytes)
        {
            var range = new HttpRange(start, Math.Min(PieceBytes, before.Length - start));
            var old = await blob.DownloadContentAsync(
                new BlobDownloadOptions { Range = range, Conditions = new BlobRequestConditions { IfMatch = before.Tag } }, cancellationToken).ConfigureAwait(false);
            ids.Add(await StageAsync(blob, old.Value.Content.ToMemory(), cancellationToken).ConfigureAwait(false));
        }

        var last = await StageAsync(blob, content, cancellationToken).ConfigureAwait(false);
        mine.Add(last);
        ids.Add(last);
        var conditions = new BlobRequestConditions { IfMatch = before.Tag, IfNoneMatch = before.Tag is null ? ETag.All : null };
        var committed = await blob.CommitBlockListAsync(
            ids, new CommitBlockListOptions { Conditions = conditions }, cancellationToken).ConfigureAwait(false);
        return committed.Value.ETag.ToString();
    }

    internal static async Task<string> StageAsync(BlockBlobClient blob, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var id = BlobBlocks.NewId();
        using var stream = BinaryData.FromBytes(content).ToStream();
        await blob.StageBlockAsync(id, stream, options: null, cancellationToken).ConfigureAwait(false);
        return id;
    }

    private static bool IsOvertaken(RequestFailedException failure)
        => BlobFailure.IsRefusedCondition(failure) || BlobFailure.IsLostBlock(failure) || BlobFailure.IsMissingBlob(failure);
}
