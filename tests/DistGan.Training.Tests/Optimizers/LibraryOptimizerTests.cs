using DistGan.Recipes;
using DistGan.Training.Optimizers;
using DistGan.Training.Vectors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Optimizers;

/// <summary>Our optimisers against those of the library, on spans and on tensors.</summary>
public sealed class LibraryOptimizerTests
{
    private const int Steps = 12;

    private static readonly Dictionary<string, (OptimizerRecipe Recipe, Func<IEnumerable<Parameter>, optim.Optimizer> Make)> Pairs = new()
    {
        ["rmsprop"] = (new RmsPropRecipe { Rate = 2e-3 }, static p => optim.RMSProp(p, 2e-3, 0.99, 1e-8, 0, 0, false)),
        ["rmsprop, momentum"] = (
            new RmsPropRecipe { Rate = 2e-3, Decay = 0.9, Epsilon = 1e-6, Momentum = 0.7 }, static p => optim.RMSProp(p, 2e-3, 0.9, 1e-6, 0, 0.7, false)),
        ["sgd"] = (new SgdRecipe { Rate = 0.01 }, static p => optim.SGD(p, 0.01)),
        ["sgd, momentum"] = (new SgdRecipe { Rate = 0.01, Momentum = 0.9 }, static p => optim.SGD(p, 0.01, momentum: 0.9)),
        ["sgd, nesterov"] = (new SgdRecipe { Rate = 0.01, Momentum = 0.9, Nesterov = true }, static p => optim.SGD(p, 0.01, momentum: 0.9, nesterov: true)),
    };

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var name in Pairs.Keys)
            {
                foreach (var length in new[] { 1, 7, 16, 33, 1023 })
                {
                    cases.Add(name, length);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Names => [.. Pairs.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Update_SeveralSteps_AgreesWithTheLibrary(string name, int length)
    {
        using var scope = NewDisposeScope();
        var (recipe, make) = Pairs[name];
        var start = Numbers.Normal(1, ScalarType.Float32, length);
        using var spans = new ParameterVector(Layout(length), start.clone(), ScalarType.Float32);
        using var tensors = new ParameterVector(Layout(length), start.to_type(ScalarType.Float64), ScalarType.Float64);
        using var fast = OptimizerCatalog.Create(recipe, spans.Values);
        using var slow = OptimizerCatalog.Create(recipe, tensors.Values);
        using var theirs = new Parameter(start.clone());
        using var reference = make([theirs]);
        for (var t = 1; t <= Steps; t++)
        {
            var gradient = Numbers.Normal(100 + t, ScalarType.Float32, length);
            spans.Gradient.copy_(gradient);
            tensors.Gradient.copy_(gradient);
            theirs.grad = gradient;
            fast.Update(spans);
            slow.Update(tensors);
            reference.step();
        }

        Assert.Equal(Steps, fast.Updates);
        Assert.InRange((spans.Values - start).abs().mean().item<float>(), 1e-5f, 1f);
        Numbers.AssertNear(theirs, spans.Values, 1e-6);
        Numbers.AssertNear(theirs, tensors.Values, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_StateOfAnotherCopied_GoesOnWithTheSameBytes(string name)
    {
        using var scope = NewDisposeScope();
        var recipe = Pairs[name].Recipe;
        using var one = new ParameterVector(Layout(33), Numbers.Normal(1, ScalarType.Float32, 33), ScalarType.Float32);
        using var first = OptimizerCatalog.Create(recipe, one.Values);
        Go(first, one, 1, 5);
        using var other = new ParameterVector(Layout(33), one.Values.clone(), ScalarType.Float32);
        using var second = OptimizerCatalog.Create(recipe, other.Values);
        second.Updates = first.Updates;
        Assert.Equal(first.State.Keys, second.State.Keys);
        foreach (var (key, vector) in second.State)
        {
            vector.copy_(first.State[key]);
        }

        Go(first, one, 6, 9);
        Go(second, other, 6, 9);

        Numbers.AssertSameBytes(one.Values, other.Values);
        Assert.All(first.State, pair => Numbers.AssertSameBytes(pair.Value, second.State[pair.Key]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_GradientThatIsNoNumber_IsSeen(string name)
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(Layout(19), ones(19), ScalarType.Float32);
        using var optimizer = OptimizerCatalog.Create(Pairs[name].Recipe, parameters.Values);
        parameters.Gradient[3] = float.NaN;
        parameters.Gradient[18] = float.NaN;

        optimizer.Update(parameters);

        Assert.Equal([3, 18], Numbers.Doubles(parameters.Values).Select(static (value, i) => (value, i)).Where(static pair => double.IsNaN(pair.value)).Select(static pair => pair.i));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rate_Halved_HalvesTheMove(string name)
    {
        using var scope = NewDisposeScope();
        double Move(double factor)
        {
            using var parameters = new ParameterVector(Layout(3), zeros(3), ScalarType.Float32);
            using var optimizer = OptimizerCatalog.Create(Pairs[name].Recipe, parameters.Values);
            optimizer.Rate *= factor;
            parameters.Gradient.fill_(0.3);
            optimizer.Update(parameters);
            return parameters.Values[1].item<float>();
        }

        Assert.True(Move(1) < 0);
        Assert.Equal(Move(1) / 2, Move(0.5), 1e-7);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_InBfloat16_RenewsTheCopy(string name)
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(Layout(4), ones(4), ScalarType.BFloat16);
        using var optimizer = OptimizerCatalog.Create(Pairs[name].Recipe, parameters.Values);
        parameters.Gradient.fill_(1);

        for (var t = 0; t < 10; t++)
        {
            optimizer.Update(parameters);
        }

        Assert.True(parameters.Values[0].item<float>() < 0.99f);
        Numbers.AssertNear(parameters.Values, parameters.Frozen.Compute[0].to_type(ScalarType.Float32), 4e-3);
    }

    private static void Go(IOptimizer optimizer, ParameterVector parameters, int from, int to)
    {
        for (var t = from; t <= to; t++)
        {
            parameters.Gradient.copy_(Numbers.Normal(100 + t, ScalarType.Float32, 33));
            optimizer.Update(parameters);
        }
    }

    private static VectorLayout Layout(int length) => new([new VectorEntry("all", [length], 0, Initializer.Zero)]);
}
