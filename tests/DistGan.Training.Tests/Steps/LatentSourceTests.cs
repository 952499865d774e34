using DistGan.Recipes;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps;

public sealed class LatentSourceTests
{
    private const int Count = 5000;

    [Fact]
    public void Draw_Uniform_FillsMinusOneToOne()
    {
        using var scope = NewDisposeScope();
        using var source = new LatentSource(new SeedSequence(1, 0), new LatentRecipe { Size = 4, Distribution = "uniform" }, CPU);
        var z = source.Draw(Count, "latents");

        Assert.Equal([Count, 4], z.shape);
        Assert.InRange(z.min().item<float>(), -1f, -0.99f);
        Assert.InRange(z.max().item<float>(), 0.99f, 1f);
        Assert.Equal(1 / 3.0, z.square().mean().item<float>(), 0.02);
    }

    [Fact]
    public void Draw_Normal_HasMeanZeroAndVarianceOne()
    {
        using var scope = NewDisposeScope();
        using var source = new LatentSource(new SeedSequence(1, 0), new LatentRecipe { Size = 4 }, CPU);
        var z = source.Draw(Count, "latents");

        // Five standard errors of 20,000 numbers.
        Assert.Equal(0, z.mean().item<float>(), 0.036);
        Assert.Equal(1, z.square().mean().item<float>(), 0.05);
    }

    [Fact]
    public void Uniform_AnyShape_FillsZeroToOne()
    {
        using var scope = NewDisposeScope();
        using var source = new LatentSource(new SeedSequence(1, 0), new LatentRecipe(), CPU);
        var u = source.Uniform([Count, 1, 1, 1], "interpolation");

        Assert.Equal([Count, 1, 1, 1], u.shape);
        Assert.InRange(u.min().item<float>(), 0f, 0.01f);
        Assert.InRange(u.max().item<float>(), 0.99f, 1f);
    }

    [Fact]
    public void Draw_InAnyOrder_IsAFunctionOfItsArgumentsAlone()
    {
        using var scope = NewDisposeScope();
        using var source = new LatentSource(new SeedSequence(1, 0), new LatentRecipe { Size = 4 }, CPU);
        using var other = new LatentSource(new SeedSequence(1, 0), new LatentRecipe { Size = 4 }, CPU);
        using var elsewhere = new LatentSource(new SeedSequence(1, 1), new LatentRecipe { Size = 4 }, CPU);

        var first = VectorBytes.Copy(source.Draw(8, "latents", 3, 1));
        _ = other.Draw(100, "latents", 9);
        _ = other.Uniform([7], "interpolation");

        Assert.Equal(first, VectorBytes.Copy(other.Draw(8, "latents", 3, 1)));
        Assert.Distinct(
            new[] { source.Draw(8, "latents", 3, 1), source.Draw(8, "latents", 3, 2), source.Draw(8, "latents", 4, 1), source.Draw(8, "samples", 3, 1), elsewhere.Draw(8, "latents", 3, 1) }
                .Select(static z => Convert.ToHexString(VectorBytes.Copy(z))));
    }

    [Fact]
    public void Draw_OfTwoPurposes_IsUncorrelated()
    {
        using var scope = NewDisposeScope();
        using var source = new LatentSource(new SeedSequence(1, 0), new LatentRecipe { Size = 4 }, CPU);

        var product = (source.Draw(Count, "latents", 1) * source.Draw(Count, "latents", 2)).mean().item<float>();

        Assert.Equal(0, product, 0.036);
    }
}
