using DistGan.Recipes;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using TorchSharp;
using static DistGan.Training.Tests.Steps.TinyRecipes;

namespace DistGan.Training.Tests.Steps;

[Collection(ExclusiveCollection.Name)]
public sealed class TrainedGeneratorTests
{
    private static readonly Recipe Averaged = Of(everything: true) with { Topology = new TopologyRecipe { RoundSteps = 100 } };
    private static readonly Recipe Plain = Averaged with { Techniques = new TechniquesRecipe() };

    [Theory]
    [InlineData(true, "float32")]
    [InlineData(false, "float32")]
    [InlineData(true, "bfloat16")]
    public void Sample_WeightsOfACapturedState_DrawsWhatTheReplicaDraws(bool averaged, string precision)
    {
        var recipe = (averaged ? Averaged : Plain) with { Precision = precision };
        using var replica = Trained(recipe);
        using var expected = replica.Sample("samples", 70);

        using var generator = new TrainedGenerator(recipe, Shape, replica.Capture().Files[averaged ? "ema" : "generator"]);
        using var actual = generator.Sample("samples", 70);

        Assert.Equal(Shape.Batch(70), actual.shape);
        Assert.Equal(VectorBytes.Copy(expected), VectorBytes.Copy(actual));
    }

    [Fact]
    public void Sample_PlainWeightsOfAnAveragedRun_DrawsOthers()
    {
        using var replica = Trained(Averaged);
        using var averaged = replica.Sample("samples", 4);

        using var generator = new TrainedGenerator(Averaged, Shape, replica.Capture().Files["generator"]);
        using var plain = generator.Sample("samples", 4);

        Assert.NotEqual(VectorBytes.Copy(averaged), VectorBytes.Copy(plain));
    }

    [Fact]
    public void Generate_ManyLatents_DrawsEachAsAlone()
    {
        using var generator = Untrained(Averaged);
        using var latents = generator.Latents(130, seed: 3);
        using var all = generator.Generate(latents);
        using var last = latents.narrow(0, 128, 2);
        using var alone = generator.Generate(last);
        using var tail = all.narrow(0, 128, 2);

        Assert.True(tail.allclose(alone, rtol: 0, atol: 1e-6));
    }

    [Theory]
    [InlineData("normal", 1)]
    [InlineData("normal", 0.3)]
    [InlineData("uniform", 1)]
    [InlineData("uniform", 0.3)]
    public void Latents_RowOfASeed_DoesNotDependOnCount(string distribution, double truncation)
    {
        using var generator = Untrained(With(distribution));

        using var few = generator.Latents(2, seed: 5, truncation);
        using var many = generator.Latents(9, seed: 5, truncation);
        using var first = many.narrow(0, 0, 2);
        using var other = generator.Latents(2, seed: 6, truncation);

        Assert.Equal(Numbers(few), Numbers(first));
        Assert.NotEqual(Numbers(few), Numbers(other));
        Assert.Equal(18 * Averaged.Latent.Size / 2, Numbers(many).Distinct().Count());
    }

    [Fact]
    public void Latents_Normal_AreStandardAndCutOffAtTwiceTheTruncation()
    {
        using var generator = Untrained(With("normal"));

        using var whole = generator.Latents(5000, seed: 1);
        using var cut = generator.Latents(5000, seed: 1, truncation: 0.5);

        var values = Numbers(whole);
        Assert.InRange(values.Average(), -0.03f, 0.03f);
        Assert.InRange(values.Average(static value => value * value), 0.97f, 1.03f);
        Assert.True(values.Max() > 2);
        Assert.InRange(Numbers(cut).Max(), 0.99f, 1);
        Assert.InRange(Numbers(cut).Min(), -1, -0.99f);
    }

    [Fact]
    public void Latents_Uniform_FillTheCubeThatTheTruncationLeaves()
    {
        using var generator = Untrained(With("uniform"));

        using var cut = generator.Latents(5000, seed: 1, truncation: 0.25);

        Assert.InRange(Numbers(cut).Max(), 0.249f, 0.25f);
        Assert.InRange(Numbers(cut).Min(), -0.25f, -0.249f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Latents_TruncationOutOfBounds_IsRefused(double truncation)
    {
        using var generator = Untrained(Plain);

        Assert.Contains("truncation", Assert.Throws<DistGanException>(() => generator.Latents(1, 1, truncation)).Message);
    }

    [Fact]
    public void Create_ArrayMissingOrOfAnotherShape_IsRefusedAndLeavesNoTensor()
    {
        using var replica = Trained(Plain);
        var arrays = replica.Capture().Files["generator"];
        var needed = replica.Generator.Network.Parameters.Entries[0].Name;
        TensorCount.Settle();
        var before = torch.Tensor.TotalCount;

        var missing = Assert.Throws<DistGanException>(() => new TrainedGenerator(Plain, Shape, [.. arrays.Where(array => array.Name != needed)]));
        var other = Assert.Throws<DistGanException>(() => new TrainedGenerator(
            Plain, Shape, [.. arrays.Select(array => array.Name == needed ? new NamedArray(needed, "F32", [1], new byte[4]) : array)]));

        Assert.Contains(needed, missing.Message);
        Assert.Contains("[1]", other.Message);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void ToArrays_GivenBack_MakeTheSameGenerator()
    {
        using var first = Untrained(Averaged);

        using var second = new TrainedGenerator(Averaged, Shape, first.ToArrays());
        using var latents = first.Latents(3, seed: 1);
        using var left = first.Generate(latents);
        using var right = second.Generate(latents);

        Assert.Equal(VectorBytes.Copy(left), VectorBytes.Copy(right));
        Assert.Equal(VectorBytes.Copy(first.Buffers), VectorBytes.Copy(second.Buffers));
    }

    [Fact]
    public void Use_OfEverything_LeavesNoTensor()
    {
        using var replica = Trained(Averaged);
        var arrays = replica.Capture().Files["ema"];
        TensorCount.Settle();
        var before = torch.Tensor.TotalCount;

        using (var generator = new TrainedGenerator(Averaged, Shape, arrays))
        {
            using var latents = generator.Latents(5, seed: 1, truncation: 0.7);
            generator.Generate(latents).Dispose();
            generator.Sample("samples", 3).Dispose();
            Assert.NotEmpty(generator.ToArrays());
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static Recipe With(string distribution) => Averaged with { Latent = Averaged.Latent with { Distribution = distribution } };

    private static Replica Trained(Recipe recipe)
    {
        var replica = Create(recipe, new MemoryLinks(Shape).Links);
        Advance(replica, 4);
        return replica;
    }

    private static TrainedGenerator Untrained(Recipe recipe)
    {
        using var replica = Create(recipe, new MemoryLinks(Shape).Links);
        return new TrainedGenerator(recipe, Shape, replica.Capture().Files["generator"]);
    }

    private static float[] Numbers(torch.Tensor tensor)
    {
        var numbers = new float[tensor.numel()];
        VectorBytes.CopyTo(tensor, numbers);
        return numbers;
    }
}
