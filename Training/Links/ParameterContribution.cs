using System.Buffers;

namespace DistGan.Training.Links;

/// <summary>Σθ over <paramref name="count"/> updates of one round, as float32, rented from the shared array pool.</summary>
public sealed class ParameterContribution(Player player, long boundary, long count, float[] rented, int length) : IDisposable
{
    private float[]? _sum = rented;

    public Player Player { get; } = player;

    public long Boundary { get; } = boundary;

    public long Count { get; } = count;

    public int Length { get; } = length;

    public ReadOnlyMemory<float> Sum => _sum.AsMemory(0, Length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _sum, null) is { } sum)
        {
            ArrayPool<float>.Shared.Return(sum);
        }
    }
}
