using DistGan.Recipes;
using DistGan.Training.Conditions;
using DistGan.Training.Layers;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Objectives;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Conditions;

/// <summary>Values computed by hand.</summary>
public sealed class ConditioningValueTests : IDisposable
{
    private readonly RoundMeter _meter = new(CPU);

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void Join_Images_AddsAPlaneForEachLabel()
    {
        using var scope = NewDisposeScope();
        var images = Numbers.Of([2, 1, 1, 2], 5, 6, 7, 8);

        var joined = new ConditionalGan(3).Join(images, Numbers.Of([2, 3], 0, 1, 0, 0, 0, 1));

        Assert.Equal([2, 4, 1, 2], joined.shape);
        Numbers.AssertEqual([5, 6, 0, 0, 1, 1, 0, 0, 7, 8, 0, 0, 0, 0, 1, 1], joined);
    }

    [Fact]
    public void Join_Packs_HaveTheLabelsOfTheirSamplesInOrder()
    {
        using var scope = NewDisposeScope();
        var packs = Numbers.Of([2, 2], 1, 2, 3, 4); // samples of one number each, two in a pack

        var joined = new ConditionalGan(2).Join(packs, Numbers.Of([4, 2], 1, 0, 0, 1, 0, 1, 0, 1));

        Numbers.AssertEqual([1, 2, 1, 0, 0, 1, 3, 4, 0, 1, 0, 1], joined);
    }

    [Fact]
    public void Gradient_LinearDiscriminatorOfSamplesAndLabels_PassesOverTheLabelPlanes()
    {
        using var scope = NewDisposeScope();
        var conditioning = new ConditionalGan(2);
        using var discriminator = Turns.Discriminator(conditioning.Rewrite(new("d", [1, 1, 2], [new Reshape(), new Dense(1)])));
        using (no_grad())
        {
            discriminator.Parameters.Values.copy_(Numbers.Of([7], 3, 4, 100, 200, 300, 400, 5));
        }

        var critic = new DiscriminatorCritic(discriminator, conditioning);
        var norms = GradientNorms.Of(critic, ones(2, 1, 1, 2, ScalarType.Float64), Numbers.Of([2, 2], 1, 0, 0, 1));

        // The length of (3, 4) alone, whatever the label.
        Numbers.AssertEqual([5, 5], norms);
    }

    [Fact]
    public void Score_OfAProjection_IsTheHeadPlusTheInnerProductWithTheLabelsVector()
    {
        using var scope = NewDisposeScope();
        using var judging = new Judging("projection");
        var (samples, codes) = (Numbers.Normal(4, ScalarType.Float64, 4, 3), judging.Codes(4)!);
        var judged = judging.Discriminator.FreezeWithFeatures(samples, Statistics.Batch);
        var views = judging.Discriminator.Network.Parameters.Views(judging.Discriminator.Parameters.Values);
        var (weight, bias) = (views[^2], views[^1]); // [1 + K, features]: ψ, then V

        var scores = judging.Conditioning.Score(judged.Output, codes);

        var expected = new double[4];
        for (var n = 0; n < 4; n++)
        {
            var label = 1 + (int)codes[n].argmax().item<long>();
            expected[n] = (judged.Features[n].dot(weight[0]) + bias[0] + judged.Features[n].dot(weight[label]) + bias[label]).item<double>();
        }

        Assert.Equal([4, 1], scores.shape);
        Numbers.AssertEqual(expected, scores, 1e-12);
    }

    [Fact]
    public void Score_ProjectionOfPacks_AddsTheProductsOfAllPlaces()
    {
        using var scope = NewDisposeScope();
        var output = Numbers.Of([1, 5], 10, 1, 2, 3, 4); // a pack of two samples, two classes

        var score = new Projection(2).Score(output, Numbers.Of([2, 2], 0, 1, 1, 0));

        Numbers.AssertEqual([10 + 2 + 3], score);
    }

    [Fact]
    public void AddToLoss_AuxiliaryClassifier_IsTheCrossEntropyOfRealAndFresh()
    {
        using var scope = NewDisposeScope();
        var conditioning = new AuxiliaryClassifier(new() { Weight = 2, GeneratorWeight = 3 }, 2);
        var real = Numbers.Of([2, 3], 9, 0, Math.Log(3), 9, 0, Math.Log(3)); // p = (1/4, 3/4)
        var fake = Numbers.Of([1, 3], -9, Math.Log(4), 0);                   // p = (4/5, 1/5)
        var turn = Turns.Of(zeros(2, 1), zeros(1, 1), meter: _meter) with
        {
            RealOutput = real,
            RealCodes = Numbers.Of([2, 2], 1, 0, 0, 1),
            FreshOutput = fake,
            FreshCodes = Numbers.Of([1, 2], 0, 1),
        };

        var ofFake = -Math.Log(1 / 5.0);
        Numbers.AssertEqual([2 * (-(Math.Log(1 / 4.0) + Math.Log(3 / 4.0)) / 2 + ofFake)], conditioning.AddToLoss(turn)!);
        Numbers.AssertEqual([3 * ofFake], conditioning.AddToLoss(Turns.OfGenerator(zeros(1, 1)) with { FakeOutput = fake, FakeCodes = turn.FreshCodes })!);
        Numbers.AssertEqual([9, 9], conditioning.Score(real, turn.RealCodes));
        var reported = _meter.Drain();
        Assert.Equal((0.5, 0), (reported[MetricNames.RealClassAccuracy], reported[MetricNames.FakeClassAccuracy]));
    }

    [Fact]
    public void AddToLoss_InformationMaximizing_IsTheBoundOfCategoryAndGaussian()
    {
        using var scope = NewDisposeScope();
        var recipe = new InformationMaximizingRecipe { Categories = 2, Continuous = 1, Weight = 0.5 };
        var conditioning = new InformationMaximizing(recipe, recipe.Layout(4, 0));
        var output = Numbers.Of([1, 5], 9, Math.Log(3), 0, 0.25, Math.Log(4)); // p = (3/4, 1/4); mean 1/4, variance 4
        var codes = Numbers.Of([1, 3], 1, 0, 0.75);

        var likelihood = Math.Log(3 / 4.0) - 0.5 * (0.5 * 0.5 / 4 + Math.Log(4) + Math.Log(2 * Math.PI));
        var information = likelihood + Math.Log(2) + Math.Log(2);

        var turn = Turns.Of(zeros(1, 1), zeros(1, 1), meter: _meter) with { FreshOutput = output, FreshCodes = codes };
        Numbers.AssertEqual([-0.5 * information], conditioning.AddToLoss(turn)!);
        Numbers.AssertEqual([-0.5 * information], conditioning.AddToLoss(Turns.OfGenerator(zeros(1, 1)) with { FakeOutput = output, FakeCodes = codes })!);
        Assert.Equal(information, _meter.Drain()[MetricNames.MutualInformation], 1e-6);
    }

    [Fact]
    public void AddToLoss_CategoryAlwaysRead_IsTheLogarithmOfTheirNumber()
    {
        using var scope = NewDisposeScope();
        var recipe = new InformationMaximizingRecipe { Categories = 4, Continuous = 0 };
        var conditioning = new InformationMaximizing(recipe, recipe.Layout(4, 0));
        var turn = Turns.Of(zeros(1, 1), zeros(1, 1), meter: _meter) with
        {
            FreshOutput = Numbers.Of([2, 5], 0, 1000, 0, 0, 0, 0, 0, 0, 1000, 0),
            FreshCodes = Numbers.Of([2, 4], 1, 0, 0, 0, 0, 0, 1, 0),
        };

        Numbers.AssertEqual([-Math.Log(4)], conditioning.AddToLoss(turn)!, 1e-9);
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(-1e6)]
    public void AddToLoss_ExtremeOutputs_IsFinite(double extreme)
    {
        using var scope = NewDisposeScope();
        var recipe = new InformationMaximizingRecipe { Categories = 2, Continuous = 1 };
        var information = new InformationMaximizing(recipe, recipe.Layout(4, 0));
        var classifier = new AuxiliaryClassifier(new(), 2);
        var codes = Numbers.Of([1, 3], 1, 0, 0.5);

        Assert.True(information.AddToLoss(Turns.OfGenerator(zeros(1, 1)) with { FakeOutput = full([1, 5], extreme, ScalarType.Float64), FakeCodes = codes })!.isfinite().item<bool>());
        Assert.True(classifier.AddToLoss(Turns.OfGenerator(zeros(1, 1)) with { FakeOutput = Numbers.Of([1, 3], 0, extreme, -extreme), FakeCodes = codes.narrow(1, 0, 2) })!.isfinite().item<bool>());
    }
}
