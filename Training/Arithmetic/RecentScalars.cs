using TorchSharp;

namespace DistGan.Training.Arithmetic;

/// <summary>
/// The scalars that one thread asked for last, in two generations: a full young one becomes the old one, and what was old is let go.
/// A number that is asked for again moves on to the young generation, so constants stay and numbers of one step pass through.
/// </summary>
/// <param name="generation">Scalars of a generation: one is kept until at least so many others were asked for, and never more than twice so many are kept.</param>
/// <param name="make">A scalar from the bits of its number.</param>
internal sealed class RecentScalars(int generation, Func<long, Scalar> make)
{
    private Dictionary<long, Scalar> _young = [];
    private Dictionary<long, Scalar> _old = [];

    /// <summary>How many are kept.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>The scalar of a number, the same object while it is kept.</summary>
    /// <param name="bits">The 64 bits of the number: −0 and 0 are two.</param>
    public Scalar Of(long bits)
    {
        if (_young.TryGetValue(bits, out var scalar))
        {
            return scalar;
        }

        if (!_old.Remove(bits, out scalar))
        {
            scalar = make(bits);
        }

        if (_young.Count == generation)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        _young.Add(bits, scalar);
        return scalar;
    }
}
