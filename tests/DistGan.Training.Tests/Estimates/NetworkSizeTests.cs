using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Estimates;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Steps;

namespace DistGan.Training.Tests.Estimates;

public sealed class NetworkSizeTests
{
    [Fact]
    public void Of_TwoDenseLayers_IsWhatIsCountedByHand()
    {
        var size = NetworkSize.Of(new("two", [3], [new Dense(5), new Activation(ActivationKind.Relu), new Dense(2)]));

        Assert.Equal(new NetworkSize(Parameters: 3 * 5 + 5 + 5 * 2 + 2, Buffers: 0, Activations: 5 + 5 + 2, Flops: 2 * (15 + 10), Layers: 3), size);
    }

    [Fact]
    public void Of_Convolutions_CountsEveryPlace()
    {
        var down = NetworkSize.Of(new("down", [3, 8, 8], [new Convolution(16, 4, 2, 1)]));
        var up = NetworkSize.Of(new("up", [16, 4, 4], [new TransposedConvolution(3, 4, 2, 1), new BatchNormalization()]));

        Assert.Equal((16 * 3 * 16 + 16, 16 * 16, 2.0 * 16 * 3 * 16 * 16), (down.Parameters, down.Activations, down.Flops));
        Assert.Equal((16 * 3 * 16 + 3 + 6, 6, 2 * 3 * 64, 2.0 * 16 * 3 * 16 * 16), (up.Parameters, up.Buffers, up.Activations, up.Flops));
    }

    [Theory]
    [InlineData("fashion")]
    [InlineData("fashion-wgan-gp")]
    public void Of_APreset_HasTheParametersOfTheBuiltNetworks(string preset)
    {
        var recipe = DistGan.Recipes.Presets.Get(preset).Make();
        var shape = new SampleShape(1, 28, 28);

        var built = new[] { Player.Generator, Player.Discriminator }.Sum(player => new Network(ReplicaFactory.Define(player, recipe, shape, [])).Parameters.Length);

        Assert.Equal(built, ReplicaSize.Of(recipe, shape).Parameters);
    }

    [Fact]
    public void ReplicaSize_PenaltiesAndUpdatesAhead_CostAsMuchAsTheyCompute()
    {
        var shape = new SampleShape(1, 28, 28);
        var plain = new Recipe();
        ReplicaSize With(TechniquesRecipe techniques) => ReplicaSize.Of(plain with { Techniques = techniques }, shape);

        var (none, penalised) = (With(new()), With(new() { R1 = new() }));
        var (once, thrice) = (With(new() { Unrolling = new() { Steps = 1 } }), With(new() { Unrolling = new() { Steps = 3 } }));

        Assert.True(penalised.StepFlops > none.StepFlops && penalised.ActivationBytes > none.ActivationBytes);
        Assert.Equal(3 * (once.StepFlops - none.StepFlops), thrice.StepFlops - none.StepFlops, 1.0);
        Assert.Equal(3 * (once.ActivationBytes - none.ActivationBytes), thrice.ActivationBytes - none.ActivationBytes, 1.0);
        Assert.Equal(none.StepFlops, With(new() { Unrolling = new() { Steps = 0 } }).StepFlops);
    }

    [Fact]
    public void ReplicaSize_LastValuesOfParameters_CountsEveryCopyInMemoryAndSnapshots()
    {
        var shape = new SampleShape(1, 28, 28);
        ReplicaSize With(HistoricalAveragingRecipe? averaging) => ReplicaSize.Of(new Recipe { Techniques = new() { HistoricalAveraging = averaging } }, shape);

        var (none, five) = (With(null), With(new() { Kind = "last", Last = 5 }));

        Assert.Equal(none.SnapshotBytes + (5.0 * sizeof(float) * none.Parameters), five.SnapshotBytes, 1.0);
        Assert.True(five.VectorBytes >= none.VectorBytes + (5.0 * sizeof(float) * none.Parameters));
    }

    [Fact]
    public void ReplicaSize_ManyDiscriminators_KeepsTheGraphOfEachBatch()
    {
        var shape = new SampleShape(1, 28, 28);
        double Bytes(string kind, int? batches) => ReplicaSize.Of(new Recipe { Topology = new() { Kind = kind, Replicas = 4, FakeBatches = batches } }, shape).ActivationBytes;

        var (plain, one) = (Bytes("independent", null), Bytes("multi-discriminator", 1));

        Assert.Equal(plain, one);
        Assert.True(Bytes("multi-discriminator", null) > one);
        Assert.Equal(3 * (Bytes("multi-discriminator", 2) - one), Bytes("multi-discriminator", 4) - one, 1.0);
    }

    [Fact]
    public void ReplicaSize_OfALargerJob_NeedsMoreOfEverything()
    {
        var recipe = DistGan.Recipes.Presets.Get("fashion").Make();
        var shape = new SampleShape(1, 28, 28);
        var small = ReplicaSize.Of(recipe, shape);

        var batch = ReplicaSize.Of(recipe with { Batch = 128 }, shape);
        var wide = ReplicaSize.Of(recipe with { Generator = recipe.Generator with { Width = 128 } }, shape);
        var replay = ReplicaSize.Of(recipe with { Techniques = recipe.Techniques with { ExperienceReplay = new() { BudgetBytes = 1 << 30 } } }, shape);

        Assert.Equal(2 * small.ActivationBytes, batch.ActivationBytes);
        Assert.Equal(2 * small.StepFlops, batch.StepFlops, 1.0);
        Assert.True(wide.VectorBytes > small.VectorBytes && wide.SnapshotBytes > small.SnapshotBytes);
        Assert.Equal(small.SnapshotBytes - (32 << 20) + (1 << 30), replay.SnapshotBytes, 1.0);
    }
}
