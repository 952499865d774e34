using DistGan.Training.Objectives;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Objectives;

public sealed class NonSaturatingTests
{
    private static readonly double Ln2 = Math.Log(2);
    private static readonly double Ln3 = Math.Log(3);
    private readonly NonSaturating _objective = new();

    [Fact]
    public void DiscriminatorLoss_HandComputed_IsTheSumOfTwoMeans()
    {
        using var scope = NewDisposeScope();
        var loss = _objective.DiscriminatorLoss(Turns.Of(Numbers.Of([2, 1], 0, Ln3), Numbers.Of([3, 1], 0, -Ln3, Ln3)));

        // softplus(0) = ln 2, softplus(−ln 3) = ln 4/3, softplus(ln 3) = ln 4.
        Numbers.AssertEqual([(Ln2 + Math.Log(4.0 / 3)) / 2 + (Ln2 + Math.Log(4.0 / 3) + Math.Log(4)) / 3], loss);
    }

    [Fact]
    public void GeneratorLoss_HandComputed_DoesNotSaturate()
    {
        using var scope = NewDisposeScope();
        var scores = Numbers.Of([2, 1], 0, -Ln3);
        var loss = _objective.GeneratorLoss(new GeneratorTurn { FakeScores = scores, FakeSamples = scores });

        Numbers.AssertEqual([(Ln2 + Math.Log(4)) / 2], loss);
    }

    [Fact]
    public void DiscriminatorLoss_SmoothedTarget_IsTheCrossEntropyOfTheRealTermAlone()
    {
        using var scope = NewDisposeScope();
        var real = Numbers.Of([2, 1], 0.3, -1.2);
        var fake = Numbers.Of([2, 1], 0.7, -0.4);
        double Sigmoid(double s) => 1 / (1 + Math.Exp(-s));
        double CrossEntropy(double s) => -0.9 * Math.Log(Sigmoid(s)) - 0.1 * Math.Log(1 - Sigmoid(s));

        var loss = _objective.DiscriminatorLoss(Turns.Of(real, fake, target: 0.9));

        Numbers.AssertEqual(
            [(CrossEntropy(0.3) + CrossEntropy(-1.2)) / 2 - (Math.Log(1 - Sigmoid(0.7)) + Math.Log(1 - Sigmoid(-0.4))) / 2],
            loss);
    }

    [Fact]
    public void DiscriminatorLoss_SmoothedTarget_LeavesTheFakeTermBitEqual()
    {
        using var scope = NewDisposeScope();
        byte[] FakeGradient(double target, out Tensor realGradient)
        {
            var real = Numbers.Normal(1, ScalarType.Float32, 8, 1).requires_grad_(true);
            var fake = Numbers.Normal(2, ScalarType.Float32, 8, 1).requires_grad_(true);
            _objective.DiscriminatorLoss(Turns.Of(real, fake, target: target)).backward();
            realGradient = real.grad!;
            return VectorBytes.Copy(fake.grad!);
        }

        var plain = FakeGradient(1, out var plainReal);
        var smoothed = FakeGradient(0.9, out var smoothedReal);

        Assert.Equal(plain, smoothed);

        // (σ(s) − α)/N against (σ(s) − 1)/N.
        Numbers.AssertNear(plainReal + 0.1 / 8, smoothedReal, 1e-7);
    }

    [Fact]
    public void DiscriminatorLoss_Gradient_AgreesWithFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        FiniteDifferences.AssertGradient(
            scores => _objective.DiscriminatorLoss(Turns.Of(scores.narrow(0, 0, 3), scores.narrow(0, 3, 4), target: 0.8)),
            Numbers.Normal(1, ScalarType.Float64, 7, 1));
    }
}
