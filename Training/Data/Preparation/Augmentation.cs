using DistGan.Recipes;

namespace DistGan.Training.Data.Preparation;

/// <summary>
/// Random changes of real images: a mirror image about the vertical axis with probability ½; a shift by (dx, dy), each uniform
/// over the whole numbers of [−⌊S/8⌋, ⌊S/8⌋], with the pixels of the edge repeated. A function of (seed, replica, "augment",
/// position of the sample in the replica's stream), so that a resumed job sees the same images.
/// </summary>
internal sealed class Augmentation
{
    private const string Purpose = "augment";

    private readonly SampleShape _shape;
    private readonly SeedSequence _seeds;
    private readonly bool _flips;
    private readonly int _reach;
    private readonly byte[] _plane;

    private Augmentation(string kind, SampleShape shape, SeedSequence seeds)
    {
        (_shape, _seeds, _flips) = (shape, seeds, kind is "flip" or "flip-shift");
        _reach = kind is "shift" or "flip-shift" ? shape.Width / 8 : 0;
        _plane = new byte[shape.Height * shape.Width];
    }

    /// <summary>The changes that a recipe names; null for none. Used by one thread.</summary>
    /// <exception cref="DistGanException">There is no such change, or the samples are no images.</exception>
    public static Augmentation? Create(string kind, SampleShape shape, SeedSequence seeds) => kind switch
    {
        "none" => null,
        "flip" or "shift" or "flip-shift" when shape.IsImage => new Augmentation(kind, shape, seeds),
        _ => throw new DistGanException($"data.augment = {kind} cannot be applied to samples of shape {shape}: give none, or for images flip, shift, flip-shift."),
    };

    /// <summary>Changes a sample in place.</summary>
    /// <param name="image">Planes of rows [C, H, W].</param>
    /// <param name="position">Samples before it in the stream of this replica.</param>
    public void Apply(Span<byte> image, long position)
    {
        var (flip, dx, dy) = Draw(position);
        if (!flip && dx == 0 && dy == 0)
        {
            return;
        }

        for (var c = 0; c < _shape.Channels; c++)
        {
            Change(image.Slice(c * _plane.Length, _plane.Length), flip, dx, dy);
        }
    }

    /// <summary>What happens to the sample at a position.</summary>
    internal (bool Flip, int Dx, int Dy) Draw(long position)
    {
        // 63 even bits: one for the mirror, twice 31 for the shifts, scaled rather than taken modulo.
        var bits = (ulong)_seeds.For(Purpose, position);
        return (_flips && (bits & 1) == 1, Scaled(bits >> 1), Scaled(bits >> 32));
    }

    private int Scaled(ulong bits) => (int)(((bits & 0x7FFFFFFF) * (ulong)(2 * _reach + 1)) >> 31) - _reach;

    private void Change(Span<byte> plane, bool flip, int dx, int dy)
    {
        plane.CopyTo(_plane);
        for (var y = 0; y < _shape.Height; y++)
        {
            var source = _plane.AsSpan(Math.Clamp(y - dy, 0, _shape.Height - 1) * _shape.Width, _shape.Width);
            var row = plane.Slice(y * _shape.Width, _shape.Width);
            for (var x = 0; x < row.Length; x++)
            {
                var from = Math.Clamp(x - dx, 0, row.Length - 1);
                row[x] = source[flip ? row.Length - 1 - from : from];
            }
        }
    }
}
