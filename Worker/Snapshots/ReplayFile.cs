using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Recipes;
using DistGan.Worker.Links;

namespace DistGan.Worker.Snapshots;

/// <summary>
/// The file <c>replay</c>: magic DGREPLAY, version, item bytes, budget, number of chunks, images that were stored and drawn so far, the cursor; then for each chunk its groups
/// (replica, step, count) and its images. All numbers little-endian. It is streamed, because a buffer may be larger than memory
/// that is to spare.
/// </summary>
internal static class ReplayFile
{
    private const int Version = 2;
    private const int MaxChunkBytes = 1 << 30;
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("DGREPLAY");

    /// <summary>The file as a stream that is produced while it is read; a failure of the content fails the read and the production.</summary>
    public static (Stream Stream, Task Production) Open(IReplayContent content, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        return (pipe.Reader.AsStream(), ProduceAsync(content, pipe.Writer, cancellationToken));
    }

    /// <summary>Reads the head of a file.</summary>
    /// <exception cref="DistGanException">It is no replay file of this version.</exception>
    public static async Task<(ReplaySettings Settings, int Chunks, ReplayTally Tally)> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[Magic.Length + 4 + 4 + 8 + 4 + (3 * 8)];
        await stream.ReadExactlyAsync(head, cancellationToken);
        using var reader = new BinaryReader(new MemoryStream(head));
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic) || reader.ReadInt32() != Version)
        {
            throw new DistGanException($"The snapshot's file '{SnapshotFiles.Replay}' is no replay content of version {Version}; it was written by another version.");
        }

        var settings = new ReplaySettings { ItemBytes = reader.ReadInt32(), BudgetBytes = reader.ReadInt64() };
        return (settings, reader.ReadInt32(), new ReplayTally { Inserted = reader.ReadInt64(), Drawn = reader.ReadInt64(), Cursor = reader.ReadInt64() });
    }

    /// <summary>Reads the chunks after the head.</summary>
    public static async IAsyncEnumerable<ReplayChunk> ReadChunksAsync(Stream stream, int chunks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var counts = new byte[8];
        for (var index = 0; index < chunks; index++)
        {
            await stream.ReadExactlyAsync(counts, cancellationToken);
            var (groups, bytes) = (BitConverter.ToInt32(counts, 0), BitConverter.ToInt32(counts, 4));
            if (groups < 0 || bytes is < 0 or > MaxChunkBytes)
            {
                throw new DistGanException($"Chunk {index} of the snapshot's file '{SnapshotFiles.Replay}' has impossible lengths; the file is damaged.");
            }

            var headers = new byte[groups * 16];
            await stream.ReadExactlyAsync(headers, cancellationToken);
            var images = new byte[bytes];
            await stream.ReadExactlyAsync(images, cancellationToken);
            yield return new ReplayChunk { Groups = ReadGroups(headers), Images = images };
        }
    }

    private static async Task ProduceAsync(IReplayContent content, PipeWriter writer, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await writer.WriteAsync(Head(content), cancellationToken);
            await foreach (var chunk in content.ReadAsync(cancellationToken))
            {
                await writer.WriteAsync(ChunkHead(chunk), cancellationToken);
                var written = await writer.WriteAsync(chunk.Images, cancellationToken);
                if (written.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            await writer.CompleteAsync(failure);
        }
    }

    private static byte[] Head(IReplayContent content)
    {
        using var head = new MemoryStream();
        using var writer = new BinaryWriter(head);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(content.Settings.ItemBytes);
        writer.Write(content.Settings.BudgetBytes);
        writer.Write(content.Chunks);
        writer.Write(content.Tally.Inserted);
        writer.Write(content.Tally.Drawn);
        writer.Write(content.Tally.Cursor);
        return head.ToArray();
    }

    private static byte[] ChunkHead(ReplayChunk chunk)
    {
        using var head = new MemoryStream();
        using var writer = new BinaryWriter(head);
        writer.Write(chunk.Groups.Count);
        writer.Write(chunk.Images.Length);
        foreach (var group in chunk.Groups)
        {
            writer.Write(group.Replica);
            writer.Write(group.Step);
            writer.Write(group.Count);
        }

        return head.ToArray();
    }

    private static ReplayGroupHeader[] ReadGroups(byte[] headers)
    {
        using var reader = new BinaryReader(new MemoryStream(headers));
        var groups = new ReplayGroupHeader[headers.Length / 16];
        for (var index = 0; index < groups.Length; index++)
        {
            groups[index] = new ReplayGroupHeader(reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32());
        }

        return groups;
    }
}
