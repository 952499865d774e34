using DistGan.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>Draws latents and other random numbers; every draw is a function of (seed, replica, purpose, counter, part).</summary>
/// <param name="seeds">The replica's.</param>
/// <param name="recipe">The distribution of z.</param>
/// <param name="device">Where draws lie.</param>
/// <param name="layout">What a row of the generator's input is made of; z alone without it.</param>
/// <param name="labels">The classes of the data, by whose counts labels are drawn; null where codes are no labels.</param>
public sealed class LatentSource(SeedSequence seeds, LatentRecipe recipe, Device device, LatentLayout? layout = null, DataLabels? labels = null) : IDisposable
{
    private readonly Generator _generator = new();

    /// <summary>What a row of <see cref="Draw(int, string, long, long)"/> is made of.</summary>
    public LatentLayout Layout { get; } = layout ?? new LatentLayout(recipe.Size, 0, 0);

    /// <summary>z with the code that is drawn for it [count, width].</summary>
    public Tensor Draw(int count, string purpose, long counter = 0, long part = 0)
    {
        var z = Noise(count, purpose, counter, part);
        if (Layout.Code == 0)
        {
            return z;
        }

        using (z)
        {
            using var codes = Codes(count, purpose, counter, part);
            return cat([z, codes], 1);
        }
    }

    /// <summary>z with codes that are given [count, code]; null draws them.</summary>
    public Tensor DrawWith(Tensor? codes, int count, string purpose, long counter = 0, long part = 0)
    {
        if (codes is null)
        {
            return Draw(count, purpose, counter, part);
        }

        using var z = Noise(count, purpose, counter, part);
        return cat([z, codes.dtype == z.dtype ? codes : codes.to_type(z.dtype)], 1);
    }

    /// <summary>Chosen rows of what <see cref="Draw(int, string, long, long)"/> draws for a purpose [N, width].</summary>
    /// <exception cref="DistGanException">A choice does not fit the layout.</exception>
    public Tensor Draw(IReadOnlyList<LatentChoice> choices, string purpose)
    {
        using var drawn = Draw(LatentCodes.RowsOf(choices), purpose);
        return OnDevice(LatentCodes.Choose(drawn, Layout, choices));
    }

    /// <summary>z [count, size] from N(0, 1) or U(−1, 1), without a code.</summary>
    public Tensor Noise(int count, string purpose, long counter = 0, long part = 0)
    {
        _generator.manual_seed(seeds.For(purpose, counter, part));
        var z = recipe.Distribution == "uniform"
            ? empty(count, recipe.Size).uniform_(-1, 1, _generator)
            : randn(count, recipe.Size, generator: _generator);
        return OnDevice(z);
    }

    /// <summary>The codes [count, code] that <see cref="Draw(int, string, long, long)"/> joins.</summary>
    public Tensor Codes(int count, string purpose, long counter = 0, long part = 0)
    {
        var random = seeds.RandomFor($"{purpose}-codes", counter, part);
        var codes = new float[checked(count * Layout.Code)];
        for (var row = 0; row < count; row++)
        {
            LatentCodes.Draw(codes.AsSpan(row * Layout.Code, Layout.Code), Layout, labels, random);
        }

        return OnDevice(tensor(codes, [count, Layout.Code]));
    }

    /// <summary>The codes [N, code] in rows of latents [N, width]; null where rows have none.</summary>
    public Tensor? CodesOf(Tensor latents) => Layout.Code == 0 ? null : latents.narrow(1, Layout.Noise, Layout.Code);

    /// <summary>U(0, 1) of any shape.</summary>
    public Tensor Uniform(long[] shape, string purpose, long counter = 0, long part = 0)
    {
        _generator.manual_seed(seeds.For(purpose, counter, part));
        return OnDevice(rand(shape, generator: _generator));
    }

    public void Dispose() => _generator.Dispose();

    private Tensor OnDevice(Tensor values)
    {
        if (device.type == DeviceType.CPU)
        {
            return values;
        }

        using (values)
        {
            return values.to(device);
        }
    }
}
