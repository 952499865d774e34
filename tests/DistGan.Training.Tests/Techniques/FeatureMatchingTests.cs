using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Training.Tests.Objectives;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class FeatureMatchingTests
{
    [Fact]
    public void AddToLoss_SamplesThatDifferWithEqualMeans_IsZero()
    {
        using var scope = NewDisposeScope();
        using var technique = new FeatureMatching(new FeatureMatchingRecipe());

        // Every sample differs from every other, so a squared error of samples would be 1 or more; the means are the same.
        var turn = Turns.OfGenerator(zeros(2, 1), fakeFeatures: Numbers.Of([2, 2], 1, 2, 3, 4), realFeatures: Numbers.Of([4, 2], 0, 0, 4, 6, 2, 3, 2, 3));

        Numbers.AssertEqual([0], technique.AddToLoss(turn)!);
    }

    [Fact]
    public void AddToLoss_HandComputed_IsTheWeightedSquareOfTheDifferenceOfMeans()
    {
        using var scope = NewDisposeScope();
        using var technique = new FeatureMatching(new FeatureMatchingRecipe { Weight = 0.5 });

        // Means (2, 3, −1, 0) and (0, 0, 0, 0) over feature maps of 2 by 1 and two channels.
        var turn = Turns.OfGenerator(zeros(2, 1), fakeFeatures: Numbers.Of([2, 2, 2, 1], 1, 2, -1, 1, 3, 4, -1, -1), realFeatures: zeros(3, 2, 2, 1, ScalarType.Float64));

        Numbers.AssertEqual([0.5 * (4 + 9 + 1 + 0)], technique.AddToLoss(turn)!);
    }

    [Fact]
    public void AddToLoss_FeaturesInBfloat16_AreAveragedInFloat32()
    {
        using var scope = NewDisposeScope();
        using var technique = new FeatureMatching(new FeatureMatchingRecipe());
        var fake = full(256, 1, 256f).to_type(ScalarType.BFloat16);
        fake[0] = 258f;
        var turn = Turns.OfGenerator(zeros(2, 1), fakeFeatures: fake, realFeatures: full(8, 1, 256f).to_type(ScalarType.BFloat16));

        // The mean is 256 + 2/256, which bfloat16 would round to 256.
        var loss = technique.AddToLoss(turn)!;

        Assert.Equal(ScalarType.Float32, loss.dtype);
        Numbers.AssertEqual([4 / 65536.0], loss, 1e-9);
    }

    [Fact]
    public void AddToLoss_GradientOfTheGenerator_AgreesWithFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        using var technique = new FeatureMatching(new FeatureMatchingRecipe());
        using var discriminator = Turns.Discriminator(new("d", [3], [new Dense(5), new Activation(ActivationKind.Tanh, InPlace: true), new Dense(1)]));
        var real = Numbers.Normal(1, ScalarType.Float64, 4, 3);

        FiniteDifferences.AssertGradient(
            fake =>
            {
                var judged = discriminator.FreezeWithFeatures(fake, Statistics.Batch);
                return technique.AddToLoss(new GeneratorTurn
                {
                    FakeScores = judged.Output,
                    FakeFeatures = judged.Features,
                    FakeSamples = fake,
                    Real = new(() => discriminator.FreezeWithFeatures(real, Statistics.Batch)),
                })!;
            },
            Numbers.Normal(2, ScalarType.Float64, 6, 3));
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("bfloat16")]
    public void Advance_ReplacedLoss_DoesNotDependOnTheHeadOfD(string precision)
    {
        // What is matched lies before the head; an objective's loss goes through it.
        var replaced = GeneratorAfter(precision, new FeatureMatchingRecipe(), head: 1);
        Assert.Equal(replaced, GeneratorAfter(precision, new FeatureMatchingRecipe(), head: 5));

        var added = GeneratorAfter(precision, new FeatureMatchingRecipe { Replace = false }, head: 1);
        Assert.NotEqual(added, GeneratorAfter(precision, new FeatureMatchingRecipe { Replace = false }, head: 5));
        Assert.NotEqual(added, replaced);
        Assert.NotEqual(replaced, GeneratorAfter(precision, null, head: 1));
    }

    /// <summary>G's gradient of its first update against a D whose head is scaled.</summary>
    private static byte[] GeneratorAfter(string precision, FeatureMatchingRecipe? matching, double head)
    {
        using var scope = NewDisposeScope();
        var recipe = TinyRecipes.Of("mlp") with { Precision = precision, Techniques = new TechniquesRecipe { FeatureMatching = matching } };
        using var replica = TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);
        var model = replica.Discriminator;
        using (no_grad())
        {
            // D learns nothing in its own update.
            model.Network.Parameters.Views(model.Parameters.Values)[^2].mul_(head);
            model.Parameters.Refresh();
        }

        replica.ScaleRates(0);
        replica.Advance();
        return VectorBytes.Copy(replica.Generator.Parameters.Gradient);
    }
}
