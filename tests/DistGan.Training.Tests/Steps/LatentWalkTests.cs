using DistGan.Recipes;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps;

[Collection(ExclusiveCollection.Name)]
public sealed class LatentWalkTests
{
    private static readonly LatentRecipe Normal = new() { Size = 2 };
    private static readonly LatentRecipe Uniform = new() { Size = 2, Distribution = "uniform" };

    [Fact]
    public void Between_NormalLatents_FollowsTheArc()
    {
        var walk = Walk(Normal, [[1, 0], [0, 2]], frames: 3);

        // Half of a right angle: sin 45° / sin 90° of each end.
        var half = MathF.Sqrt(0.5f);
        Assert.Equal([1, 0, half, 2 * half, 0, 2], walk, static (left, right) => MathF.Abs(left - right) < 1e-6f);
    }

    [Fact]
    public void Between_UniformLatents_FollowsTheLine()
        => Assert.Equal([1, 0, 0.75f, 0.5f, 0.5f, 1, 0.25f, 1.5f, 0, 2], Walk(Uniform, [[1, 0], [0, 2]], frames: 5));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    public void Between_NormalLatentsOnOneLine_FollowsTheLine(float x, float y)
        => Assert.Equal([1, 0, (1 + x) / 2, y / 2, x, y], Walk(Normal, [[1, 0], [x, y]], frames: 3));

    [Fact]
    public void Between_SeveralStops_MeetsEachOfThem()
    {
        var walk = Walk(Normal, [[1, 0], [0, 2], [-3, 1]], frames: 7);

        Assert.Equal([1, 0], walk[..2]);
        Assert.Equal([0, 2], walk[6..8]);
        Assert.Equal([-3, 1], walk[12..]);
    }

    [Fact]
    public void Between_Loop_LeadsBackWithoutRepeatingTheFirst()
        => Assert.Equal([0, 0, 2, 2, 4, 4, 2, 2], Walk(Uniform, [[0, 0], [4, 4]], frames: 4, loop: true));

    [Fact]
    public void Between_SeveralRows_WalksEachForItself()
    {
        var walk = Walk(Uniform, [[0, 0, 8, 8], [4, 4, 0, 0]], frames: 3);

        Assert.Equal([0, 0, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0], walk);
    }

    [Fact]
    public void Between_TooFewStopsOrFrames_IsRefused()
    {
        Assert.Throws<DistGanException>(() => Walk(Normal, [[1, 0]], frames: 3));
        Assert.Throws<DistGanException>(() => Walk(Normal, [[1, 0], [0, 1]], frames: 1));
    }

    [Fact]
    public void Between_Disposed_LeavesNoTensor()
    {
        TensorCount.Settle();
        var before = Tensor.TotalCount;

        Assert.NotEmpty(Walk(Normal, [[1, 0], [0, 1]], frames: 4));

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("uniform")]
    public void Between_RowsWithCodes_CodesGoInStraightLines(string distribution)
    {
        using var scope = NewDisposeScope();
        var (from, to) = (tensor([1f, 0f, 1f, 0f, -1f], [1, 5]), tensor([0f, 1f, 0f, 1f, 1f], [1, 5]));

        var middle = LatentWalk.Between(new LatentRecipe { Size = 2, Distribution = distribution }, new(2, 2, 1), [from, to], frames: 3, loop: false)[1];

        var half = distribution == "normal" ? Math.Sqrt(0.5) : 0.5;
        Numbers.AssertEqual([half, half, 0.5, 0.5, 0], middle, 1e-6);
    }

    private static float[] Walk(LatentRecipe recipe, float[][] stops, int frames, bool loop = false)
    {
        var tensors = stops.Select(stop => tensor(stop, [stop.Length / 2, 2])).ToList();
        try
        {
            var numbers = new List<float>();
            foreach (var frame in LatentWalk.Between(recipe, new(recipe.Size, 0, 0), tensors, frames, loop))
            {
                var values = new float[frame.numel()];
                VectorBytes.CopyTo(frame, values);
                numbers.AddRange(values);
                frame.Dispose();
            }

            return [.. numbers];
        }
        finally
        {
            tensors.ForEach(static tensor => tensor.Dispose());
        }
    }
}
