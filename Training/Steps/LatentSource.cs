using DistGan.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>Draws latents and other random numbers; every draw is a function of (seed, replica, purpose, counter, part).</summary>
public sealed class LatentSource(SeedSequence seeds, LatentRecipe recipe, Device device) : IDisposable
{
    private readonly Generator _generator = new();

    /// <summary>z [count, size] from N(0, 1) or U(−1, 1).</summary>
    public Tensor Draw(int count, string purpose, long counter = 0, long part = 0)
    {
        _generator.manual_seed(seeds.For(purpose, counter, part));
        var z = recipe.Distribution == "uniform"
            ? empty(count, recipe.Size).uniform_(-1, 1, _generator)
            : randn(count, recipe.Size, generator: _generator);
        return OnDevice(z);
    }

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
