using DistGan.Training.Arithmetic;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Arithmetic;

public sealed class TensorArithmeticTests
{
    /// <summary>Each operation and what the library would write for it.</summary>
    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> Own, Func<Tensor, Tensor, Tensor> Library)> Pairs = new(StringComparer.Ordinal)
    {
        ["x + y"] = (static (x, y) => x.Plus(y), static (x, y) => x + y),
        ["x + 0.3"] = (static (x, _) => x.Plus(0.3), static (x, _) => x + 0.3),
        ["x + 3"] = (static (x, _) => x.Plus(3), static (x, _) => x + 3),
        ["3 - x"] = (static (x, _) => Scalars.Of(3).Minus(x), static (x, _) => 3 - x),
        ["0.3 - x"] = (static (x, _) => Scalars.Of(0.3).Minus(x), static (x, _) => 0.3 - x),
        ["x - 0.3"] = (static (x, _) => x - Scalars.Of(0.3), static (x, _) => x - 0.3),
        ["0.3 * x"] = (static (x, _) => Scalars.Of(0.3) * x, static (x, _) => 0.3 * x),
        ["x / 3"] = (static (x, _) => x / Scalars.Of(3), static (x, _) => x / 3),
        ["x squared"] = (static (x, _) => x.Squared(), static (x, _) => x.square()),
        ["softplus x"] = (static (x, _) => (x * Scalars.Of(30)).Softplus(), static (x, _) => nn.functional.softplus(x * 30)),
        ["x += y"] = (static (x, y) => x.clone().AddInPlace(y), static (x, y) => x.clone().add_(y)),
        ["x += 0.3"] = (static (x, _) => x.clone().AddInPlace(0.3), static (x, _) => x.clone().add_(0.3)),
    };

    public static TheoryData<string, ScalarType> Operations
    {
        get
        {
            var data = new TheoryData<string, ScalarType>();
            foreach (var name in Pairs.Keys)
            {
                data.Add(name, ScalarType.Float32);
                data.Add(name, ScalarType.Float64);
                data.Add(name, ScalarType.BFloat16);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operation_BesideTheLibrarys_HasTheSameBits(string name, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var (own, library) = Pairs[name];
        var (x, y) = (Numbers.Normal(1, type, 5, 7), Numbers.Normal(2, type, 7));

        Numbers.AssertSameBytes(library(x, y), own(x, y));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operation_BesideTheLibrarys_HasTheSameDerivatives(string name, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var (own, library) = Pairs[name];
        var y = Numbers.Normal(2, type, 7);

        var (first, second) = Derivatives(x => own(x, y), type);
        var (expectedFirst, expectedSecond) = Derivatives(x => library(x, y), type);

        Numbers.AssertSameBytes(expectedFirst, first);
        Numbers.AssertSameBytes(expectedSecond, second);
    }

    [Fact]
    public void Operation_OnIntegers_LeavesThemIntegers()
    {
        using var scope = NewDisposeScope();
        var x = TensorArithmetic.Indices(4, CPU);

        Assert.Equal([0, 1, 2, 3], x.data<long>().ToArray());
        Assert.Equal([2, 3, 4, 5], x.Plus(2).data<long>().ToArray());
        Assert.Equal([2, 1, 0, -1], Scalars.Of(2).Minus(x).data<long>().ToArray());
        Assert.Equal([0, 2, 4, 6], x.Plus(x).data<long>().ToArray());
        Assert.Equal([0, 1, 4, 9], x.Squared().data<long>().ToArray());
    }

    [Fact]
    public void Softplus_OfHandValues_IsLogOnePlusExp()
    {
        using var scope = NewDisposeScope();

        Numbers.AssertEqual([Math.Log(2), Math.Log(1 + Math.E), 1000, 0], Numbers.Of([4], 0, 1, 1000, -1000).Softplus());
    }

    [Fact]
    public void AddInPlace_OnATensor_WritesIntoIt()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.Of([2], 1, 2);

        Assert.Same(x, x.AddInPlace(x).AddInPlace(0.5));
        Numbers.AssertEqual([2.5, 4.5], x);
    }

    /// <summary>f'(x) and (f'²)'(x), of sums: the second exists where f is twice differentiable; f'² keeps it from being empty for a linear f.</summary>
    private static (Tensor First, Tensor Second) Derivatives(Func<Tensor, Tensor> function, ScalarType type)
    {
        var leaf = Numbers.Normal(1, type, 5, 7).requires_grad_(true);
        var first = Gradients.Of(function(leaf * leaf), leaf, createGraph: true);
        var second = Gradients.Of(first * first, leaf, createGraph: false);
        return (first.detach(), second);
    }
}
