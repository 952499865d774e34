using DistGan.Recipes;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Export;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps;

public sealed class InitialWeightsTests
{
    private static readonly Recipe Recipe = TinyRecipes.Of(everything: true);

    [Fact]
    public void Create_FromAnExportedGenerator_DrawsItsImages()
    {
        using var scope = NewDisposeScope();
        using var original = Generators.Create(Recipe, TinyRecipes.Shape);

        using var replica = Create(Recipe, new(original.ToArrays(), "g"));

        // The average of a new replica starts as the weights that it starts from.
        using var expected = original.Sample("samples", 4);
        using var found = replica.Sample("samples", 4);
        Numbers.AssertSameBytes(expected, found);
        Assert.Equal(VectorBytes.Copy(original.Buffers), VectorBytes.Copy(replica.Generator.Buffers.Values));
    }

    [Fact]
    public void Create_WeightsWithoutStatistics_LeavesTheRest()
    {
        using var plain = Create(Recipe, initial: null);
        var arrays = Generators.Arrays(Recipe, TinyRecipes.Shape);

        using var replica = Create(Recipe, new(arrays, "g"));

        Assert.NotEqual(VectorBytes.Copy(plain.Generator.Parameters.Values), VectorBytes.Copy(replica.Generator.Parameters.Values));
        Assert.Equal(VectorBytes.Copy(plain.Generator.Buffers.Values), VectorBytes.Copy(replica.Generator.Buffers.Values));
        Assert.Equal(VectorBytes.Copy(plain.Discriminator.Parameters.Values), VectorBytes.Copy(replica.Discriminator.Parameters.Values));
    }

    [Fact]
    public void Create_BothPlayersInBfloat16_StartFromTheFiles()
    {
        using var source = Create(Recipe with { Seed = 9 }, initial: null);
        var state = source.Capture();

        using var replica = Create(
            Recipe with { Precision = "bfloat16" },
            new(state.Files["generator"], "g") { Discriminator = state.Files["discriminator"], DiscriminatorSource = "d" });

        Assert.Equal(VectorBytes.Copy(source.Generator.Parameters.Values), VectorBytes.Copy(replica.Generator.Parameters.Values));
        Assert.Equal(VectorBytes.Copy(source.Discriminator.Parameters.Values), VectorBytes.Copy(replica.Discriminator.Parameters.Values));
        using var half = source.Generator.Parameters.Values.to_type(ScalarType.BFloat16);
        Assert.Equal(VectorBytes.Copy(half.narrow(0, 0, 4)), VectorBytes.Copy(replica.Generator.Parameters.Frozen.Compute[0].flatten().narrow(0, 0, 4)));
    }

    [Fact]
    public void Create_ArraysThatDoNotFit_NamesAllOfThem()
    {
        var arrays = Generators.Arrays(Recipe, TinyRecipes.Shape).ToList();
        arrays.RemoveAll(static array => array.Name == "0.weight");
        arrays[0] = arrays[0] with { Shape = [1, arrays[0].Bytes.Length / 4] };
        arrays.Add(new("99.weight", "F32", [1], new byte[4]));

        var error = Assert.Throws<DistGanException>(() => Create(Recipe, new(arrays, "g.safetensors") { Discriminator = [], DiscriminatorSource = "d.safetensors" }));

        Assert.StartsWith("The weights do not fit the recipe's networks: ", error.Message, StringComparison.Ordinal);
        Assert.All(
            [
                "g.safetensors has no 0.weight, which the generator needs",
                $"{arrays[0].Name} of g.safetensors is F32 [1, 8], but the generator needs F32 [8]",
                "g.safetensors has 99.weight, which the generator has no place for",
                "d.safetensors has no 0.weight, which the discriminator needs",
            ],
            part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static Replica Create(Recipe recipe, InitialWeights? initial)
        => ReplicaFactory.Create(recipe, new PatternDataSet(TinyRecipes.Shape), 0, new MemoryLinks(TinyRecipes.Shape).Links, CPU, initial);
}
