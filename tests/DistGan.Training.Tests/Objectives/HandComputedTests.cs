using DistGan.Recipes;
using DistGan.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Objectives;

/// <summary>Values of objectives that are short enough to be computed by hand.</summary>
public sealed class HandComputedTests
{
    private static readonly double Ln2 = Math.Log(2);
    private static readonly double Ln3 = Math.Log(3);

    [Fact]
    public void Minimax_HandComputed_IsOneGameWithTwoSigns()
    {
        using var scope = NewDisposeScope();
        var objective = new Minimax();
        var (real, fake) = (Numbers.Of([2, 1], 0, Ln3), Numbers.Of([2, 1], 0, Ln3));

        // softplus(−ln 3) = ln 4/3, softplus(ln 3) = ln 4; G maximises what D minimises of the fake term.
        Numbers.AssertEqual([(Ln2 + Math.Log(4.0 / 3)) / 2 + (Ln2 + Math.Log(4)) / 2], objective.DiscriminatorLoss(Turns.Of(real, fake)));
        Numbers.AssertEqual([-(Ln2 + Math.Log(4)) / 2], objective.GeneratorLoss(Turns.OfGenerator(fake)));
    }

    [Fact]
    public void LeastSquares_HandComputed_IsHalfTheSquaredDistanceFromTheTargets()
    {
        using var scope = NewDisposeScope();
        var objective = new LeastSquares();
        var (real, fake) = (Numbers.Of([2, 1], 3, 0), Numbers.Of([2, 1], 2, -1));

        Numbers.AssertEqual([0.5 * (4 + 1) / 2 + 0.5 * (4 + 1) / 2], objective.DiscriminatorLoss(Turns.Of(real, fake)));
        Numbers.AssertEqual([0.5 * (1 + 4) / 2], objective.GeneratorLoss(Turns.OfGenerator(fake)));
        Numbers.AssertEqual([0.5 * (4.84 + 0.64) / 2 + 0.5 * (4 + 1) / 2], objective.DiscriminatorLoss(Turns.Of(real, fake, target: 0.8)));
    }

    [Fact]
    public void Wasserstein_HandComputed_IsTheDifferenceOfMeans()
    {
        using var scope = NewDisposeScope();
        var objective = new Wasserstein(new WassersteinRecipe());
        var (real, fake) = (Numbers.Of([2, 1], 3, 0), Numbers.Of([3, 1], 2, -1, 5));

        Numbers.AssertEqual([2 - 1.5], objective.DiscriminatorLoss(Turns.Of(real, fake)));
        Numbers.AssertEqual([-2], objective.GeneratorLoss(Turns.OfGenerator(fake)));
    }

    [Fact]
    public void Hinge_HandComputed_IgnoresWhatIsWon()
    {
        using var scope = NewDisposeScope();
        var objective = new Hinge();
        var (real, fake) = (Numbers.Of([3, 1], 2, 0.5, -1), Numbers.Of([2, 1], -3, 1));

        Numbers.AssertEqual([(0 + 0.5 + 2) / 3 + (0 + 2.0) / 2], objective.DiscriminatorLoss(Turns.Of(real, fake)));
        Numbers.AssertEqual([1], objective.GeneratorLoss(Turns.OfGenerator(fake)));
    }

    [Fact]
    public void Relativistic_HandComputed_ComparesWithTheMeanOfTheOtherSide()
    {
        using var scope = NewDisposeScope();
        var objective = new Relativistic();
        var (real, fake) = (Numbers.Of([2, 1], 5, 5 + 2 * Ln3), Numbers.Of([2, 1], 5 - Ln3, 5 + Ln3));

        // Means 5 + ln 3 and 5. Real minus mean fake: 0, 2 ln 3; fake minus mean real: −2 ln 3, 0.
        var discriminator = (Ln2 + Math.Log(10.0 / 9)) / 2 + (Math.Log(10.0 / 9) + Ln2) / 2;

        // Exchanged: fake minus mean real −2 ln 3, 0; real minus mean fake 0, 2 ln 3.
        var generator = (Math.Log(10) + Ln2) / 2 + (Ln2 + Math.Log(10)) / 2;
        Numbers.AssertEqual([discriminator], objective.DiscriminatorLoss(Turns.Of(real, fake)));
        Numbers.AssertEqual([generator], objective.GeneratorLoss(Turns.OfGenerator(fake, real)));
    }

    [Theory]
    [InlineData("minimax")]
    [InlineData("non-saturating")]
    [InlineData("least-squares")]
    [InlineData("wasserstein")]
    [InlineData("wgan-gp")]
    [InlineData("dragan")]
    [InlineData("hinge")]
    [InlineData("ebgan")]
    [InlineData("began")]
    public void GeneratorLoss_OfAllButRelativistic_AsksForNoRealScores(string name)
    {
        using var scope = NewDisposeScope();
        var turn = Turns.OfGenerator(Numbers.Of([2, 1], 0.5, 1)) with { FakeFeatures = Numbers.Of([2, 1], 1, 2) };

        _ = ObjectiveCatalog.Create(RecipeKinds.Objectives[name]()).GeneratorLoss(turn);

        Assert.False(turn.Real.IsValueCreated);
    }
}
