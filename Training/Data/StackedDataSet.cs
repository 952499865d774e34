using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DistGan.Recipes;

namespace DistGan.Training.Data;

/// <summary>
/// Images of three grey digits as red, green and blue, drawn with replacement from a set of ten classes by
/// (seed, "stacked"): 1,000 modes whose names are known, label = 100a + 10b + c. Every replica sees the same images.
/// Source: Metz et al., Unrolled GAN (2017); Srivastava et al., VEEGAN (2017), 128,000 images.
/// </summary>
public sealed class StackedDataSet : IDataSet
{
    /// <summary>Images where nothing else is asked for.</summary>
    public const int DefaultCount = 128_000;

    private const int Digits = 3;

    private readonly IDataSet _digits;
    private readonly int[] _drawn;

    /// <param name="name">Catalog name.</param>
    /// <param name="digits">Grey images of at most ten classes; disposed with this.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="seed">The recipe's seed.</param>
    /// <exception cref="DistGanException">The digits are no grey images with labels of at most ten classes.</exception>
    public StackedDataSet(string name, IDataSet digits, int count, long seed)
    {
        ArgumentNullException.ThrowIfNull(digits);
        if (digits is not { Shape: { IsImage: true, Channels: 1 }, Classes: > 0 and <= 10 })
        {
            throw new DistGanException($"{name} stacks grey images of at most ten classes, but {digits.Name} has samples of shape {digits.Shape} in {digits.Classes} classes: give data.base = mnist, or another set like it with its labels.");
        }

        (Name, _digits, Count, _drawn) = (name, digits, count, new int[Digits * count]);
        Shape = digits.Shape with { Channels = Digits };
        var random = new SeedSequence(seed, 0).RandomFor("stacked");
        for (var i = 0; i < _drawn.Length; i++)
        {
            _drawn[i] = random.Next((int)digits.Count);
        }

        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"stacked digits 1; images {count}; seed {seed}; of {digits.Fingerprint}"))));
    }

    public string Name { get; }

    /// <summary>Name of the set that is stacked.</summary>
    public string BaseName => _digits.Name;

    public SampleShape Shape { get; }

    public long Count { get; }

    public int Classes => 1000;

    public string Fingerprint { get; }

    public GaussianModes? Modes => null;

    public void Read(long index, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, Shape.ItemBytes, nameof(destination));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count, nameof(index));
        var plane = _digits.Shape.ItemBytes;
        for (var c = 0; c < Digits; c++)
        {
            _digits.Read(_drawn[Digits * index + c], destination.Slice(c * plane, plane));
        }
    }

    public int LabelOf(long index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count, nameof(index));
        return 100 * Digit(index, 0) + 10 * Digit(index, 1) + Digit(index, 2);
    }

    public void Dispose() => _digits.Dispose();

    private int Digit(long index, int place) => _digits.LabelOf(_drawn[Digits * index + place]);
}
