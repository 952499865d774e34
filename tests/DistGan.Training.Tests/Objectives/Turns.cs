using DistGan.Recipes;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Optimizers;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Objectives;

/// <summary>Turns for objectives, and discriminators in float64.</summary>
internal static class Turns
{
    public static DiscriminatorTurn Of(
        Tensor realScores, Tensor fakeScores, Tensor? real = null, Tensor? fake = null, ICritic? critic = null, double target = 1, Tensor? uniforms = null, RoundMeter? meter = null)
        => new()
        {
            RealScores = realScores,
            FakeScores = fakeScores,
            RealSamples = real ?? realScores.detach(),
            FakeSamples = fake ?? fakeScores.detach(),
            RealTarget = target,
            Critic = critic ?? new NoCritic(),
            SampleUniforms = () => uniforms ?? throw new InvalidOperationException("This objective should draw nothing."),
            ElementUniforms = () => uniforms ?? throw new InvalidOperationException("This objective should draw nothing."),
            Meter = meter ?? new RoundMeter(CPU),
        };

    /// <summary>A turn of the generator; without real scores or features, whoever asks for them fails.</summary>
    public static GeneratorTurn OfGenerator(Tensor fakeScores, Tensor? realScores = null, Tensor? fakeFeatures = null, Tensor? realFeatures = null)
    {
        var turn = new GeneratorTurn { FakeScores = fakeScores, FakeSamples = fakeScores, FakeFeatures = fakeFeatures };
        return realScores is null && realFeatures is null
            ? turn
            : turn with { Real = new(() => new TappedOutput(realScores ?? zeros(1, 1), realFeatures ?? zeros(1, 1))) };
    }

    /// <summary>A discriminator in float64 with weights large enough for gradients of any size.</summary>
    public static PlayerModel Discriminator(NetworkDefinition definition, ScalarType type = ScalarType.Float64, ScalarType? compute = null)
    {
        using var scope = NewDisposeScope();
        var network = new Network(definition);
        var values = Numbers.Normal(11, type, network.Parameters.Length) * 0.4;
        var parameters = new ParameterVector(network.Parameters, values, compute ?? type);
        var buffers = new BufferVector(network.Buffers, zeros(network.Buffers.Length, type));
        return new PlayerModel(Player.Discriminator, network, parameters, buffers, new Adam(new AdamRecipe(), parameters.Values));
    }

    private sealed class NoCritic : ICritic
    {
        public Tensor Gradient(Tensor x, Tensor? codes) => throw new InvalidOperationException("This objective should not ask the critic.");
    }
}
