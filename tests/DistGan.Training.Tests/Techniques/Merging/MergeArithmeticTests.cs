using CsCheck;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Training.Techniques.Merging;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques.Merging;

public sealed class MergeArithmeticTests
{
    [Fact]
    public void Move_TrainedSinceTheContribution_KeepsWhatWasTrained()
    {
        using var values = tensor(new float[] { 5, -1 });

        MergeArithmetic.Move(values, Target(contributed: [3, -2], target: [7, 0]), pull: 0.5);

        Assert.Equal([7f, 0f], values.data<float>().ToArray());
    }

    [Fact]
    public void Move_NothingTrainedSinceTheContribution_IsTheMergeToTheBit()
        => Gen.Select(Gen.Float[-1e3f, 1e3f].Array[16], Gen.Float[-1e-3f, 1e-3f].Array[16]).Sample((one, other) =>
        {
            var mean = one.Zip(other, static (left, right) => (float)(((double)left + right) / 2)).ToArray();
            using var first = tensor(one);
            using var second = tensor(other);

            MergeArithmetic.Move(first, Target(one, mean), pull: 1);
            MergeArithmetic.Move(second, Target(other, mean), pull: 1);

            Assert.Equal(mean, first.data<float>().ToArray());
            Assert.Equal(mean, second.data<float>().ToArray());
        }, iter: 200, threads: 1);

    [Fact]
    public void MoveStatistics_VarianceThatForgotItsPast_StaysBetweenWhatWasSeen()
    {
        // The whole difference would give 1 + (5 − 10) = −4, no variance; 8 + (5 − 6) = 7 is one.
        using var values = tensor(new float[] { 1, 8 });

        MergeArithmetic.MoveStatistics(values, Target(contributed: [10, 6], target: [5, 5]), pull: 1);

        Assert.Equal([1f, 7f], values.data<float>().ToArray());
    }

    [Fact]
    public void Replace_OtherLength_IsRefused()
    {
        using var values = zeros(2);

        Assert.Throws<DistGanException>(() => MergeArithmetic.Replace(values, new float[3]));
        Assert.Throws<DistGanException>(() => MergeArithmetic.Move(values, Target([1, 2, 3], [1, 2]), 1));
    }

    private static MergeTarget Target(float[] contributed, float[] target) => new(contributed, target);
}
