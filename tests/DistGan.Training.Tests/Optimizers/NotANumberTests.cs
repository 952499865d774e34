using DistGan.Recipes;
using DistGan.Training.Optimizers;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Optimizers;

/// <summary>A gradient that is not a number must be seen in the parameters: hidden, a divergence would go on unseen.</summary>
public sealed class NotANumberTests
{
    private static readonly double[] Bad = [double.NaN, double.PositiveInfinity];

    /// <summary>Momentum takes another way through memory.</summary>
    public static TheoryData<string, double, double> Cases
        => [.. OptimizerCatalog.Makers.Keys.SelectMany(static kind => Bad.Select(bad => (kind, 0.0, bad))), ("sgd", 0.9, double.NaN), ("rmsprop", 0.9, double.NaN)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Update_GradientThatIsNotFinite_ReachesTheParameterAndNoOther(string kind, double momentum, double bad)
    {
        using var scope = NewDisposeScope();
        OptimizerRecipe recipe = (kind, momentum) switch
        {
            ("sgd", > 0) => new SgdRecipe { Momentum = momentum },
            ("rmsprop", > 0) => new RmsPropRecipe { Momentum = momentum },
            _ => RecipeKinds.Optimizers[kind](),
        };
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            using var parameters = new ParameterVector(
                new VectorLayout([new VectorEntry("w", [40], 0, Initializer.Zero)]), Numbers.Normal(1, type, 40), type);
            using var optimizer = OptimizerCatalog.Create(recipe, parameters.Values);
            parameters.Gradient.copy_(Numbers.Normal(2, type, 40));
            parameters.Gradient[17] = bad;

            optimizer.Update(parameters);

            var finite = Numbers.Doubles(parameters.Values).Select(double.IsFinite).ToArray();
            Assert.False(finite[17], $"{kind} hides {bad} in {type}.");
            Assert.Equal(39, finite.Count(static value => value));
        }
    }
}
