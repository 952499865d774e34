using DistGan.Training.Features;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Features;

public sealed class BicubicResizeTests
{
    [Fact]
    public void Weights_TwiceTheSize_AreTheCubicAtAQuarter()
    {
        // Output 2 of 8 has its centre at 1.25, so .75, .25, 1.25 and 2.25 from the centres of the four pixels.
        var row = BicubicResize.Weights(4, 8).AsSpan(2 * 4, 4).ToArray();
        double Near(double t) => 1.5 * t * t * t - 2.5 * t * t + 1;
        double Far(double t) => -0.5 * t * t * t + 2.5 * t * t - 4 * t + 2;
        var sum = Near(0.75) + Near(0.25) + Far(1.25);

        Assert.Equal([Near(0.75) / sum, Near(0.25) / sum, Far(1.25) / sum, 0], row, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(28, 299)]
    [InlineData(64, 28)]
    [InlineData(5, 5)]
    [InlineData(1, 7)]
    public void Weights_OfARow_SumToOne(int before, int after)
        => Assert.All(BicubicResize.Weights(before, after).Chunk(before), static row => Assert.Equal(1, row.Sum(), 1e-12));

    [Fact]
    public void Apply_TheSameSize_ChangesNothing()
    {
        using var images = Numbers.Normal(1, ScalarType.Float64, 2, 3, 6, 6);
        using var resized = BicubicResize.Apply(images, 6);

        Numbers.AssertNear(images, resized, 1e-12);
    }

    [Fact]
    public void Apply_ARamp_StaysARampInside()
    {
        using var images = arange(16, ScalarType.Float64).view(1, 1, 1, 16).expand(1, 1, 16, 16);
        using var resized = BicubicResize.Apply(images, 32);

        // Output o shows the place (o + ½)/2 − ½.
        Numbers.AssertEqual([.. Enumerable.Range(8, 16).Select(static o => (o + 0.5) / 2 - 0.5)], resized[0, 0, 5].narrow(0, 8, 16), 1e-9);
    }

    [Fact]
    public void Apply_FineStripesShrunk_AreGrey()
    {
        // Without smoothing, every fourth pixel would be one and the same colour.
        using var images = tensor(Enumerable.Range(0, 64).Select(static i => i % 2 == 0 ? 1.0 : -1.0).ToArray()).view(1, 1, 1, 64).expand(1, 1, 64, 64);
        using var resized = BicubicResize.Apply(images, 16);

        Assert.True(resized.abs().max().item<double>() < 0.1);
    }

    [Fact]
    public void Apply_BetweenGreyLevels_IsNotRounded()
    {
        using var images = tensor(new[] { 0f, 1 / 255f }).view(1, 1, 1, 2).expand(1, 1, 2, 2);
        using var resized = BicubicResize.Apply(images, 4);

        Assert.True(resized.mul(255).frac().abs().max().item<float>() > 0.1);
    }
}
