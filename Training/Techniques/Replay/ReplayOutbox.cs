using System.Buffers;
using DistGan.Training.Conditions;
using DistGan.Training.Data;
using DistGan.Training.Links;

namespace DistGan.Training.Techniques.Replay;

/// <summary>Collects the encoded images of a round in one rented buffer.</summary>
internal sealed class ReplayOutbox(ReplayItems items, ReplayPlan plan) : IDisposable
{
    private readonly List<ReplayGroup> _groups = [];
    private byte[]? _bytes;

    public IReadOnlyList<ReplayGroup> Groups => _groups;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Adds the images of one discriminator update, unless it is not its turn.</summary>
    public void Add(SampleBatch batch, long step, long update)
    {
        var count = (int)batch.Samples.shape[0];
        if (update % plan.PushEvery == 0)
        {
            var size = count * items.ItemBytes;
            var space = Reserve(size, plan.Pushes * size);
            items.Encode(batch.Samples, batch.Codes, space);
            _groups.Add(new ReplayGroup(step, count));
        }
    }

    /// <summary>Adds images that are encoded already.</summary>
    public void Restore(IReadOnlyList<ReplayGroup> groups, ReadOnlySpan<byte> bytes)
    {
        Clear();
        bytes.CopyTo(Reserve(bytes.Length, bytes.Length));
        _groups.AddRange(groups);
    }

    /// <summary>Hands the round over and starts the next.</summary>
    public ReplayOffer Offer(long boundary, ReplayRequest request)
    {
        var offer = new ReplayOffer(boundary, [.. _groups], request, _bytes ?? ArrayPool<byte>.Shared.Rent(1), Length);
        _bytes = null;
        _groups.Clear();
        Length = 0;
        return offer;
    }

    public void Dispose() => Clear();

    private void Clear()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = null;
        }

        _groups.Clear();
        Length = 0;
    }

    private Span<byte> Reserve(int length, int round)
    {
        var needed = Length + length;
        if (_bytes is null || _bytes.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, round));
            Bytes.CopyTo(larger);
            if (_bytes is not null)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = larger;
        }

        var space = _bytes.AsSpan(Length, length);
        Length = needed;
        return space;
    }
}
