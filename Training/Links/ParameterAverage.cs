using System.Buffers;

namespace DistGan.Training.Links;

/// <summary>θ̄ = (1/t)·Σθ[i] over the <paramref name="count"/> = t updates that the lineage has contributed up to a boundary.</summary>
public sealed class ParameterAverage(Player player, long boundary, long count, float[] rented, int length) : IDisposable
{
    private float[]? _mean = rented;

    public Player Player { get; } = player;

    public long Boundary { get; } = boundary;

    public long Count { get; } = count;

    public int Length { get; } = length;

    public ReadOnlyMemory<float> Mean => _mean.AsMemory(0, Length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _mean, null) is { } mean)
        {
            ArrayPool<float>.Shared.Return(mean);
        }
    }
}
