using DistGan.Training.Metrics;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Metrics;

public sealed class InceptionScoreTests
{
    [Fact]
    public void Of_NothingIsClear_IsOne()
    {
        using var logits = zeros(20, 10);

        Assert.Equal(1, InceptionScore.Of(logits), 1e-12);
    }

    [Fact]
    public void Of_EachClassClearOnce_IsTheNumberOfClasses()
    {
        using var logits = eye(7) * 2000;

        Assert.Equal(7, InceptionScore.Of(logits), 1e-9);
    }

    [Fact]
    public void Of_OneClassOnly_IsOne()
    {
        using var logits = Numbers.Of([3, 2], 2000, 0, 2000, 0, 2000, 0);

        Assert.Equal(1, InceptionScore.Of(logits), 1e-9);
    }

    [Fact]
    public void Of_TwoImages_IsTheValueByHand()
    {
        // p(y|x) = (.9, .1) and (.4, .6); p(y) = (.65, .35).
        using var logits = Numbers.Of([2, 2], Math.Log(0.9), Math.Log(0.1), Math.Log(0.4), Math.Log(0.6));
        var first = 0.9 * Math.Log(0.9 / 0.65) + 0.1 * Math.Log(0.1 / 0.35);
        var second = 0.4 * Math.Log(0.4 / 0.65) + 0.6 * Math.Log(0.6 / 0.35);

        Assert.Equal(Math.Exp((first + second) / 2), InceptionScore.Of(logits), 1e-12);
    }

    [Fact]
    public void Of_AnotherOrder_IsTheSame()
    {
        // Sorted by class, ten parts would each score 1.
        using var logits = eye(10).repeat_interleave(30, 0) * 50;
        using var shuffled = logits.index_select(0, tensor(Enumerable.Range(0, 300).Select(static i => i * 7L % 300).ToArray()));

        Assert.Equal(10, InceptionScore.Of(logits), 1e-6);
        Assert.Equal(InceptionScore.Of(logits), InceptionScore.Of(shuffled), 1e-9);
    }

    [Fact]
    public void Of_NaN_IsNaN()
    {
        using var logits = full([3, 2], double.NaN);

        Assert.Equal(double.NaN, InceptionScore.Of(logits));
    }
}
