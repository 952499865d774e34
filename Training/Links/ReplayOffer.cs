using System.Buffers;

namespace DistGan.Training.Links;

/// <summary>The images that a generator made in one round, and the request for draws of stored ones.</summary>
public sealed class ReplayOffer : IDisposable
{
    private byte[]? _bytes;

    /// <param name="boundary">The boundary at which it is made.</param>
    /// <param name="groups">The groups of images, in the order of their steps.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="rented">The encoded images, group after group; rented from the shared array pool and given back by <see cref="Dispose"/>.</param>
    /// <param name="length">Used bytes of <paramref name="rented"/>.</param>
    public ReplayOffer(long boundary, IReadOnlyList<ReplayGroup> groups, ReplayRequest request, byte[] rented, int length)
    {
        Boundary = boundary;
        Groups = groups;
        Request = request;
        _bytes = rented;
        Length = length;
    }

    public long Boundary { get; }

    public IReadOnlyList<ReplayGroup> Groups { get; }

    public ReplayRequest Request { get; }

    public int Length { get; }

    public ReadOnlyMemory<byte> Images => _bytes.AsMemory(0, Length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
