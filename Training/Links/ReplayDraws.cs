using System.Buffers;

namespace DistGan.Training.Links;

/// <summary>The answer to one <see cref="ReplayRequest"/>: encoded images, draw after draw, and where they came from.</summary>
public sealed class ReplayDraws : IDisposable
{
    private byte[]? _bytes;

    /// <param name="boundary">The boundary of the request.</param>
    /// <param name="draws">Batches in it; 0 while nothing is stored.</param>
    /// <param name="imagesPerDraw">Images in each batch.</param>
    /// <param name="steps">The step in which each image was made, in the order of the images.</param>
    /// <param name="replicas">The replica that made each image, in the order of the images.</param>
    /// <param name="rented">Encoded images, rented from the shared array pool.</param>
    /// <param name="length">Used bytes of <paramref name="rented"/>.</param>
    /// <param name="fill">Used share of the byte budget, in [0, 1].</param>
    public ReplayDraws(long boundary, int draws, int imagesPerDraw, IReadOnlyList<long> steps, IReadOnlyList<int> replicas, byte[] rented, int length, double fill)
    {
        Boundary = boundary;
        Draws = draws;
        ImagesPerDraw = imagesPerDraw;
        Steps = steps;
        Replicas = replicas;
        _bytes = rented;
        Length = length;
        Fill = fill;
    }

    public long Boundary { get; }

    public int Draws { get; }

    public int ImagesPerDraw { get; }

    public IReadOnlyList<long> Steps { get; }

    public IReadOnlyList<int> Replicas { get; }

    /// <summary>Images that the buffer has given out for each that was stored, since the start.</summary>
    public double SamplesPerInsert { get; init; }

    /// <summary>Shards of the history that were asked and gave nothing; null where there is one buffer alone.</summary>
    public int? ShardsMissed { get; init; }

    public int Length { get; }

    public double Fill { get; }

    public ReadOnlyMemory<byte> Images => _bytes.AsMemory(0, Length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
