using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace DistGan.Hosting.Storage.Blobs;

/// <summary>
/// Reads one version of a blob in ranges of <see cref="RangeBytes"/>, forwards and by seeking. What fits in one range is read whole
/// when the stream is opened; a larger blob that is replaced while it is read ends the reading with an error, never with a mixture.
/// </summary>
internal sealed class BlobReadStream : Stream
{
    /// <summary>Bytes of one request.</summary>
    public const int RangeBytes = 4 * 1024 * 1024;

    private readonly BlobContainer _container;
    private readonly BlobClient _blob;
    private readonly ETag _tag;
    private readonly long _length;
    private ReadOnlyMemory<byte> _range;
    private long _rangeStart;
    private long _position;

    private BlobReadStream(BlobContainer container, BlobClient blob, ETag tag, long length, ReadOnlyMemory<byte> range)
    {
        _container = container;
        _blob = blob;
        _tag = tag;
        _length = length;
        _range = range;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A position is not negative.");
    }

    /// <summary>Reads the first range; null where there is no blob.</summary>
    public static async Task<BlobReadStream?> OpenAsync(BlobContainer container, BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var first = (await blob.DownloadContentAsync(
                new BlobDownloadOptions { Range = new HttpRange(0, RangeBytes) }, cancellationToken).ConfigureAwait(false)).Value;
            return new(container, blob, first.Details.ETag, TotalLength(first.Details), first.Content.ToMemory());
        }
        catch (RequestFailedException failure) when (failure.Status is 416)
        {
            // An empty blob has no first byte.
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
            return new(container, blob, properties.ETag, 0, default);
        }
        catch (RequestFailedException failure) when (failure.Status is 404)
        {
            return null;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= _length || buffer.IsEmpty)
        {
            return 0;
        }

        if (_position < _rangeStart || _position >= _rangeStart + _range.Length)
        {
            _range = await RangeAsync(_position, cancellationToken).ConfigureAwait(false);
            _rangeStart = _position;
        }

        var there = _range[(int)(_position - _rangeStart)..];
        var count = Math.Min(there.Length, buffer.Length);
        there[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
        => ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => _length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("A blob is opened for reading.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A blob is opened for reading.");

    private Task<ReadOnlyMemory<byte>> RangeAsync(long start, CancellationToken cancellationToken)
        => _container.GuardedAsync("go on reading", _blob.Name, async () =>
        {
            var options = new BlobDownloadOptions
            {
                Range = new HttpRange(start, Math.Min(RangeBytes, _length - start)),
                Conditions = new BlobRequestConditions { IfMatch = _tag },
            };
            return (await _blob.DownloadContentAsync(options, cancellationToken).ConfigureAwait(false)).Value.Content.ToMemory();
        }, cancellationToken);

    /// <summary>The number after the slash of <c>Content-Range: bytes 0-9/1000</c>.</summary>
    private static long TotalLength(BlobDownloadDetails details)
        => details.ContentRange is { } range && long.TryParse(range.AsSpan(range.LastIndexOf('/') + 1), out var total) ? total : details.ContentLength;
}
