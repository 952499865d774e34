using DistGan.Recipes;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class ExponentialMovingAverageTests
{
    [Fact]
    public void AfterUpdate_Repeatedly_FollowsTheClosedFormWithWarmUp()
    {
        using var scope = NewDisposeScope();
        using var on = new Attached<ExponentialMovingAverage>(new ExponentialMovingAverage(new ExponentialMovingAverageRecipe { Decay = 0.5 }));
        var values = on.Context.Generator.Parameters.Values;
        values.fill_(1);
        on.Technique.Average.fill_(0);
        var expected = 0.0;
        for (var t = 1; t <= 20; t++)
        {
            values.fill_(t);
            on.Technique.AfterUpdate(on.Context.Generator);

            // (1 + t)/(10 + t) is above 1/2 from t = 8 on.
            var decay = t < 8 ? (1.0 + t) / (10.0 + t) : 0.5;
            expected = decay * expected + (1 - decay) * t;
            Numbers.AssertEqual([.. Enumerable.Repeat(expected, (int)values.numel())], on.Technique.Average, 1e-5);
        }
    }

    [Fact]
    public void Attach_BeforeAnyUpdate_IsTheGeneratorAndACopyOfIt()
    {
        using var scope = NewDisposeScope();
        using var on = new Attached<ExponentialMovingAverage>(new ExponentialMovingAverage(new ExponentialMovingAverageRecipe()));
        Numbers.AssertSameBytes(on.Context.Generator.Parameters.Values, on.Technique.Average);

        on.Context.Generator.Parameters.Values.add_(1);

        Numbers.AssertNear(on.Context.Generator.Parameters.Values - 1, on.Technique.Average, 1e-6);
    }

    [Fact]
    public void AfterUpdate_OfTheDiscriminator_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var on = new Attached<ExponentialMovingAverage>(new ExponentialMovingAverage(new ExponentialMovingAverageRecipe()));
        var before = on.Technique.Average.clone();
        on.Context.Generator.Parameters.Values.add_(1);

        on.Technique.AfterUpdate(on.Context.Discriminator);

        Numbers.AssertSameBytes(before, on.Technique.Average);
    }

    [Fact]
    public void Capture_BatchNormalisedGenerator_HoldsBuffersThatBelongToTheAveragedWeights()
    {
        using var scope = NewDisposeScope();
        using var on = new Attached<ExponentialMovingAverage>(new ExponentialMovingAverage(new ExponentialMovingAverageRecipe()));
        var first = Capture(on);
        on.Technique.Average.mul_(3);
        var second = Capture(on);

        // Pre-activations of three times the weights have nine times the variance.
        var (small, large) = (Variance(first), Variance(second));
        Numbers.AssertNear(small * 9, large, 1e-3 * large.max().item<float>());
        Numbers.AssertSameBytes(on.Context.Generator.Buffers.Views[1], ones(6));

        using var other = new Attached<ExponentialMovingAverage>(new ExponentialMovingAverage(new ExponentialMovingAverageRecipe()));
        other.Technique.Restore(new StateView(second));
        Numbers.AssertSameBytes(on.Technique.Average, other.Technique.Average);
    }

    private static DistGan.Training.Snapshots.ReplicaState Capture(Attached<ExponentialMovingAverage> on)
    {
        var builder = new StateBuilder();
        on.Technique.Capture(builder);
        return builder.Build(1, 1);
    }

    private static Tensor Variance(DistGan.Training.Snapshots.ReplicaState state)
    {
        var array = state.Files["ema"].Single(static array => array.Name == "1.running_var");
        return tensor(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(array.Bytes.Span).ToArray());
    }
}
