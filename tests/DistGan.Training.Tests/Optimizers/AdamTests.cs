using DistGan.Recipes;
using DistGan.Training.Optimizers;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Optimizers;

public sealed class AdamTests
{
    private static readonly AdamRecipe Recipe = new() { Rate = 0.1, Beta1 = 0.5, Beta2 = 0.9, Epsilon = 1e-15 };

    public static TheoryData<int> Lengths => [1, 3, 7, 8, 16, 17, 33, 1000, 1023];

    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.Float64, 1e-12)]
    public void Update_TwoSteps_AreHandComputed(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var parameters = Vector(1, type, 1.0);
        using var adam = new Adam(Recipe, parameters.Values);

        // t = 1: m̂ = g, v̂ = g², so θ moves by η·sign(g), whatever the size of g.
        parameters.Gradient.fill_(4);
        adam.Update(parameters);
        Numbers.AssertEqual([1 - 0.1], parameters.Values, tolerance);

        // t = 2: m = .5·2 − .5·2 = 0 with g = −2, so θ stays.
        parameters.Gradient.fill_(-2);
        adam.Update(parameters);
        Numbers.AssertEqual([0.9], parameters.Values, tolerance);

        // t = 3: m = .5·2 = 1, m̂ = 1/(1 − 1/8); v = .9·(.9·1.6 + .1·4) + .1·4 = 2.056, v̂ = v/(1 − .729).
        parameters.Gradient.fill_(2);
        adam.Update(parameters);
        Numbers.AssertEqual([0.9 - 0.1 / 0.875 / Math.Sqrt(2.056 / 0.271)], parameters.Values, tolerance);
        Assert.Equal(3, adam.Updates);
        Numbers.AssertEqual([1], adam.State["first"], 1e-6);
        Numbers.AssertEqual([2.056], adam.State["second"], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Update_VectorsOfAnyLength_AgreeWithTensorsAndWithFloat64(int length)
    {
        using var scope = NewDisposeScope();
        var recipe = new AdamRecipe { Rate = 2e-3, Beta1 = 0.5 };
        var start = Numbers.Normal(1, ScalarType.Float32, length);
        using var spans = new ParameterVector(Layout(length), start.clone(), ScalarType.Float32);
        using var tensors = new ParameterVector(Layout(length), start.to_type(ScalarType.Float64), ScalarType.Float64);
        using var fast = new Adam(recipe, spans.Values);
        using var slow = new Adam(recipe, tensors.Values);
        var reference = new Reference(recipe, Numbers.Doubles(start));
        for (var t = 1; t <= 20; t++)
        {
            var gradient = Numbers.Normal(100 + t, ScalarType.Float32, length) * Math.Pow(10, t % 5 - 4);
            spans.Gradient.copy_(gradient);
            tensors.Gradient.copy_(gradient);
            fast.Update(spans);
            slow.Update(tensors);
            reference.Update(Numbers.Doubles(gradient));
        }

        Numbers.AssertEqual(reference.Theta, tensors.Values, 1e-12);
        Assert.All(
            Numbers.Doubles(spans.Values).Zip(reference.Theta),
            static pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-6 * (1 + Math.Abs(pair.Second)), $"{pair.First:R} against {pair.Second:R}."));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Update_ZeroGradient_ChangesNothing(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var parameters = Vector(19, type, 1.5);
        using var adam = new Adam(Recipe, parameters.Values);

        adam.Update(parameters);

        Assert.All(Numbers.Doubles(parameters.Values), static value => Assert.Equal(1.5, value));
    }

    [Fact]
    public void Update_GradientThatIsNoNumber_IsSeen()
    {
        using var scope = NewDisposeScope();
        using var parameters = Vector(19, ScalarType.Float32, 1);
        using var adam = new Adam(Recipe, parameters.Values);
        parameters.Gradient[3] = float.NaN;
        parameters.Gradient[18] = float.NaN;

        adam.Update(parameters);

        Assert.Equal([3, 18], Numbers.Doubles(parameters.Values).Select(static (value, i) => (value, i)).Where(static pair => double.IsNaN(pair.value)).Select(static pair => pair.i));
    }

    [Fact]
    public void Rate_Halved_HalvesTheMove()
    {
        using var scope = NewDisposeScope();
        using var parameters = Vector(3, ScalarType.Float32, 0);
        using var adam = new Adam(Recipe, parameters.Values);
        parameters.Gradient.fill_(7);

        Assert.Equal(0.1, adam.Rate);
        adam.Rate *= 0.5;
        adam.Update(parameters);

        Numbers.AssertEqual([-0.05, -0.05, -0.05], parameters.Values, 1e-7);
    }

    [Fact]
    public void Update_InBfloat16_ChangesTheMasterAndRenewsTheCopy()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(Layout(4), ones(4), ScalarType.BFloat16);
        using var adam = new Adam(new AdamRecipe { Rate = 1e-4 }, parameters.Values);
        parameters.Gradient.fill_(1);

        for (var t = 0; t < 100; t++)
        {
            adam.Update(parameters);
        }

        // Steps of 1e-4 are below the resolution of bfloat16 near 1; the master adds them up.
        Numbers.AssertNear(full(4, 0.99f), parameters.Values, 1e-5);
        Numbers.AssertNear(full(4, 0.99f), parameters.Frozen.Compute[0].to_type(ScalarType.Float32), 4e-3);
        Assert.NotEqual(1f, parameters.Frozen.Compute[0][0].to_type(ScalarType.Float32).item<float>());
    }

    [Fact]
    public void Makers_OfTheCatalog_AreTheKindsOfRecipes()
        => Assert.Equal(RecipeKinds.Optimizers.Keys.Order(), OptimizerCatalog.Makers.Keys.Order());

    private static VectorLayout Layout(int length) => new([new VectorEntry("all", [length], 0, Initializer.Zero)]);

    private static ParameterVector Vector(int length, ScalarType type, double value) => new(Layout(length), full(length, value, type), type);

    /// <summary>Algorithm 1 of Kingma and Ba, one number at a time.</summary>
    private sealed class Reference(AdamRecipe recipe, double[] theta)
    {
        private readonly double[] _m = new double[theta.Length];
        private readonly double[] _v = new double[theta.Length];
        private int _t;

        public double[] Theta => theta;

        public void Update(double[] gradient)
        {
            _t++;
            for (var i = 0; i < theta.Length; i++)
            {
                _m[i] = recipe.Beta1 * _m[i] + (1 - recipe.Beta1) * gradient[i];
                _v[i] = recipe.Beta2 * _v[i] + (1 - recipe.Beta2) * gradient[i] * gradient[i];
                var mean = _m[i] / (1 - Math.Pow(recipe.Beta1, _t));
                var square = _v[i] / (1 - Math.Pow(recipe.Beta2, _t));
                theta[i] -= recipe.Rate * mean / (Math.Sqrt(square) + recipe.Epsilon);
            }
        }
    }
}
