using DistGan.Recipes;
using DistGan.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Objectives;

public sealed class EnergyBasedTests
{
    private readonly EnergyBased _objective = new(new EnergyBasedRecipe { Margin = 2, PullingAway = 0.5 });

    [Fact]
    public void DiscriminatorLoss_HandComputed_LetsEnergiesAboveTheMarginBe()
    {
        using var scope = NewDisposeScope();
        var loss = _objective.DiscriminatorLoss(Turns.Of(Numbers.Of([2, 1], 1, 4), Numbers.Of([3, 1], 0.5, 2, 7)));

        Numbers.AssertEqual([2.5 + 1.5 / 3], loss);
    }

    [Fact]
    public void GeneratorLoss_HandComputed_IsTheEnergyAndThePullOfCodes()
    {
        using var scope = NewDisposeScope();

        // Cosines: 0 between the first two, 1/√2 of each with the third; squares 0, ½, ½ in both orders: 2/(3·2).
        var turn = Turns.OfGenerator(Numbers.Of([3, 1], 1, 2, 6), fakeFeatures: Numbers.Of([3, 2], 2, 0, 0, -3, 1, 1));

        Numbers.AssertEqual([3 + 0.5 * 2 / 6], _objective.GeneratorLoss(turn), 1e-9);
    }

    [Fact]
    public void GeneratorLoss_WithoutPullingAway_NeedsNoCodes()
    {
        using var scope = NewDisposeScope();
        var turn = Turns.OfGenerator(Numbers.Of([1, 1], 3));

        Numbers.AssertEqual([3], new EnergyBased(new EnergyBasedRecipe { PullingAway = 0 }).GeneratorLoss(turn));
        Assert.Throws<InvalidOperationException>(() => _objective.GeneratorLoss(turn));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e4)]
    public void PullingAway_CodesOnOneLine_IsOneWhateverTheirLength(double length)
    {
        using var scope = NewDisposeScope();

        Numbers.AssertEqual([1], PullingAway.Of(length * Numbers.Of([4, 2], 1, 2, 2, 4, -1, -2, 3, 6)), 1e-9);
        Numbers.AssertEqual([0], PullingAway.Of(length * eye(4, dtype: ScalarType.Float64)), 1e-9);
    }

    [Fact]
    public void PullingAway_Gradient_AgreesWithFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        FiniteDifferences.AssertGradient(PullingAway.Of, Numbers.Normal(1, ScalarType.Float64, 5, 2, 3));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-12f)]
    [InlineData(1e12f)]
    public void PullingAway_ExtremeCodes_IsFiniteWithFiniteGradients(float scale)
    {
        using var scope = NewDisposeScope();
        var codes = (scale * Numbers.Normal(1, ScalarType.Float32, 6, 4)).requires_grad_(true);

        var value = PullingAway.Of(codes);
        value.backward();

        Assert.InRange(value.item<float>(), 0, 1);
        Assert.True(codes.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void PullingAway_CodesInBfloat16_AreSummedInFloat32()
    {
        using var scope = NewDisposeScope();
        var codes = Numbers.Normal(1, ScalarType.Float32, 6, 4).to_type(ScalarType.BFloat16);

        var value = PullingAway.Of(codes);

        Assert.Equal(ScalarType.Float32, value.dtype);
        Numbers.AssertNear(PullingAway.Of(codes.to_type(ScalarType.Float64)), value, 1e-5);
    }
}
