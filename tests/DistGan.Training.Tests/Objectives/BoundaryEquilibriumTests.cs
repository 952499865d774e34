using CsCheck;
using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Objectives;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Objectives;

public sealed class BoundaryEquilibriumTests
{
    private static readonly BoundaryEquilibriumRecipe Recipe = new() { Diversity = 0.5, Gain = 0.25 };

    /// <summary>Energies of any size, of which the controller knows nothing; some that no autoencoder should give.</summary>
    private static readonly Gen<double> Energy = Gen.OneOf(Gen.Double[0, 2], Gen.Double[-1e9, 1e9], Gen.Int[0, 4].Select(static i => new[] { 0, 1e30, double.NaN, double.PositiveInfinity, double.NegativeInfinity }[i]));

    [Fact]
    public void DiscriminatorLoss_HandComputed_FollowsTheRatio()
    {
        using var scope = NewDisposeScope();
        using var objective = new BoundaryEquilibrium(Recipe);
        using var meter = new RoundMeter(CPU);
        using var model = Model();

        // k is 0, then 0.25·(½·3 − 0.5) = 0.25; the energies' ratio is not yet reached, so it rises to ½.
        Numbers.AssertEqual([3], Play(objective, model, meter));
        Numbers.AssertEqual([3 - 0.25 * 0.5], Play(objective, model, meter));

        Assert.Equal(0.5, K(objective));
        var values = meter.Drain();
        Assert.Equal((0 + 0.25) / 2, values[MetricNames.BeganK]);
        Assert.Equal(3 + 1, values[MetricNames.BeganConvergence]);
    }

    [Fact]
    public void LookAhead_HandComputed_FollowsTheRatioAndLeavesK()
    {
        using var scope = NewDisposeScope();
        using var objective = new BoundaryEquilibrium(Recipe);
        using var model = Model();
        _ = Play(objective, model);
        var (real, fake) = (Numbers.Of([2, 1], 3, 3), Numbers.Of([1, 1], 0.5).requires_grad_(true));

        // k goes 0.25, ½, ¾ as it would; the third loss moves with the second's energies: −∂k/∂L(G)·L(G) is 0.25·½ from each of two.
        var ahead = objective.LookAhead();
        Tensor[] losses = [.. Enumerable.Range(0, 3).Select(_ => ahead.DiscriminatorLoss(Turns.Of(real, fake)))];

        Numbers.AssertEqual([3 - 0.25 * 0.5, 3 - 0.5 * 0.5, 3 - 0.75 * 0.5], stack(losses));
        Numbers.AssertEqual([-0.75 + 2 * 0.25 * 0.5], Training.Vectors.Gradients.Of(losses[2], fake, createGraph: false));
        Assert.Equal(0.25, K(objective));
        Numbers.AssertEqual([3 - 0.25 * 0.5], Play(objective, model));
    }

    [Fact]
    public void GeneratorLoss_HandComputed_IsTheMeanEnergy()
    {
        using var scope = NewDisposeScope();
        using var objective = new BoundaryEquilibrium(Recipe);

        Numbers.AssertEqual([2], objective.GeneratorLoss(Turns.OfGenerator(Numbers.Of([2, 1], 1, 3))));
    }

    [Fact]
    public void DiscriminatorLoss_Gradient_AgreesWithFiniteDifferencesAtAnyK()
    {
        using var scope = NewDisposeScope();
        using var objective = new BoundaryEquilibrium(Recipe);
        using var model = Model();
        _ = Play(objective, model);
        Assert.Equal(0.25, K(objective));

        FiniteDifferences.AssertGradient(
            at => objective.DiscriminatorLoss(Turns.Of(at.narrow(0, 0, 3), at.narrow(0, 3, 4))),
            Numbers.Normal(1, ScalarType.Float64, 7, 1));
    }

    [Fact]
    public void AfterUpdate_OfTheGenerator_LeavesKAlone()
    {
        using var scope = NewDisposeScope();
        using var objective = new BoundaryEquilibrium(Recipe);
        using var model = Model();
        using var generator = new PlayerModel(Player.Generator, model.Network, model.Parameters, model.Buffers, model.Optimizer);
        _ = objective.DiscriminatorLoss(Turns.Of(Numbers.Of([1, 1], 3), Numbers.Of([1, 1], 0.5)));

        objective.AfterUpdate(generator);
        Assert.Equal(0, K(objective));

        objective.AfterUpdate(model);
        Assert.Equal(0.25, K(objective));
    }

    [Fact]
    public void AfterUpdate_AnyEnergies_KeepsKBetweenZeroAndOneAsTheRuleSays()
        => Gen.Select(Energy, Energy).Array[1, 20].Sample(
            static energies =>
            {
                using var scope = NewDisposeScope();
                using var objective = new BoundaryEquilibrium(Recipe);
                using var model = Model();
                var expected = 0.0;
                foreach (var (real, fake) in energies)
                {
                    _ = Play(objective, model, real: real, fake: fake);
                    var next = Math.Clamp(expected + Recipe.Gain * (Recipe.Diversity * real - fake), 0, 1);
                    expected = double.IsNaN(next) ? expected : next;
                    Assert.InRange(K(objective), 0, 1);
                    Assert.Equal(expected, K(objective), 1e-12);
                }
            },
            iter: 200);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Restore_CapturedState_HasTheSameBitsBeforeAndAfterItsFirstUpdate(bool isInUse)
    {
        using var scope = NewDisposeScope();
        using var objective = new BoundaryEquilibrium(Recipe with { Gain = 0.1 });
        using var restored = new BoundaryEquilibrium(Recipe with { Gain = 0.1 });
        using var model = Model();
        _ = Play(objective, model, real: 0.7, fake: 0.1);
        _ = Play(objective, model, real: 0.3, fake: 0.01);
        _ = isInUse ? Play(restored, model, real: 2, fake: 0) : null;

        restored.Restore(new StateView(State(objective)));

        Assert.InRange(K(restored), 0.01, 0.9);
        Assert.Equal(Bits(objective), Bits(restored));
        Numbers.AssertSameBytes(Play(objective, model), Play(restored, model));
        Assert.Equal(Bits(objective), Bits(restored));
    }

    [Fact]
    public void Restore_StateOfAnotherObjective_SaysWhatIsMissing()
    {
        using var objective = new BoundaryEquilibrium(Recipe);

        Assert.Contains("has no counter began_k", Assert.Throws<DistGanException>(() => objective.Restore(new StateView(new StateBuilder().Build(3, 4)))).Message, StringComparison.Ordinal);
    }

    private static Tensor Play(BoundaryEquilibrium objective, PlayerModel model, RoundMeter? meter = null, double real = 3, double fake = 0.5)
    {
        var loss = objective.DiscriminatorLoss(Turns.Of(Numbers.Of([2, 1], real, real), Numbers.Of([1, 1], fake), meter: meter));
        objective.AfterUpdate(model);
        return loss;
    }

    private static PlayerModel Model() => Turns.Discriminator(new("probe", [1], [new Dense(1)]));

    private static double K(BoundaryEquilibrium objective) => BitConverter.Int64BitsToDouble(Bits(objective));

    private static long Bits(BoundaryEquilibrium objective) => State(objective).Counters["began_k"]!.GetValue<long>();

    private static ReplicaState State(BoundaryEquilibrium objective)
    {
        var state = new StateBuilder();
        objective.Capture(state);
        return state.Build(1, 1);
    }
}
