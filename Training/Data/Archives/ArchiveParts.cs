using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace DistGan.Training.Data.Archives;

/// <summary>An archive cut into parts of one length, as they are sent and stored; only a few of them are in memory at a time.</summary>
public static class ArchiveParts
{
    private const int PartsAhead = 4;

    /// <summary>Reads the files and gives their archive in parts of <paramref name="partBytes"/> bytes, the last one shorter; each is the caller's own.</summary>
    /// <exception cref="DistGan.Recipes.DistGanException">A file cannot be read.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> CutAsync(IReadOnlyList<ArchiveEntry> entries, int partBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pipe = Create(partBytes);
        var writing = FillAsync(pipe.Writer, stream => DataArchive.WriteAsync(entries, stream, stop.Token));
        try
        {
            for (var isOver = false; !isOver;)
            {
                var read = await pipe.Reader.ReadAtLeastAsync(partBytes, cancellationToken).ConfigureAwait(false);
                var length = (int)Math.Min(partBytes, read.Buffer.Length);
                isOver = read.IsCompleted && read.Buffer.Length == length;
                var part = read.Buffer.Slice(0, length).ToArray();
                pipe.Reader.AdvanceTo(read.Buffer.GetPosition(length));
                if (length > 0)
                {
                    yield return part;
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(false);
        }
    }

    /// <summary>Writes the files of an archive that comes in parts into a folder that nobody else uses; the next parts are asked for meanwhile.</summary>
    /// <param name="parts">The parts in their order. What its enumeration throws, this throws.</param>
    /// <param name="partBytes">The length of a part.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDataException">It is no such archive.</exception>
    public static async Task JoinAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> parts, int partBytes, string folder, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pipe = Create(partBytes);
        var writing = FillAsync(pipe.Writer, async stream =>
        {
            await foreach (var part in parts.WithCancellation(stop.Token).ConfigureAwait(false))
            {
                await stream.WriteAsync(part, stop.Token).ConfigureAwait(false);
            }
        });
        try
        {
            await using var source = pipe.Reader.AsStream(leaveOpen: true);
            await DataArchive.ExtractAsync(source, folder, cancellationToken).ConfigureAwait(false);
            // Behind its last file an archive has zeros, and every part is to be looked at.
            await source.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(false);
        }
    }

    private static Pipe Create(int partBytes)
        => new(new PipeOptions(pauseWriterThreshold: PartsAhead * (long)partBytes, resumeWriterThreshold: (PartsAhead - 1) * (long)partBytes, useSynchronizationContext: false));

    /// <summary>Never throws: what goes wrong is thrown at the reader.</summary>
    private static async Task FillAsync(PipeWriter writer, Func<Stream, Task> write)
    {
        Exception? failure = null;
        try
        {
            await using var stream = writer.AsStream(leaveOpen: true);
            await write(stream).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the reader throws it
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        await writer.CompleteAsync(failure).ConfigureAwait(false);
    }
}
