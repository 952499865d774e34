using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Vectors;

public sealed class GradientsTests
{
    [Fact]
    public void Of_Cube_GivesFirstAndSecondDerivative()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.Of([2], 2, -3).requires_grad_(true);

        var first = Gradients.Of(x * x * x, x, createGraph: true);
        var second = Gradients.Of(first, x, createGraph: false);

        Numbers.AssertEqual([12, 27], first);
        Numbers.AssertEqual([12, -18], second);
        Assert.Null(x.grad);
    }

    [Fact]
    public void Of_OutputThatDoesNotDependOnTheInput_Throws()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_(true);
        var other = ones(2).requires_grad_(true);

        Assert.Throws<InvalidOperationException>(() => Gradients.Of(other * 2, x, createGraph: false));
    }

    [Fact]
    public void Of_OutputWithoutAGraph_ThrowsInsteadOfEndingTheProcess()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_(true);

        Assert.ThrowsAny<Exception>(() => Gradients.Of(ones(2), x, createGraph: false));
    }
}
