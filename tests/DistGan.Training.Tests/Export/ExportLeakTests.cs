using DistGan.Recipes;
using DistGan.Training.Export;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Export;

[Collection(ExclusiveCollection.Name)]
public sealed class ExportLeakTests
{
    [Fact]
    public void WriteAndRead_OfBothFormats_LeavesNoTensor()
        => AssertNone(static () =>
        {
            using var generator = Generators.Create(Generators.Recipe("residual"), Generators.Shape(1, 28));
            var metadata = ExportMetadata.Of(generator, 1, 0, "", averaged: false);
            OnnxFile.Write(Stream.Null, generator, metadata);
            using var stream = Generators.Stream(stream => GeneratorFile.Write(stream, generator, metadata));
            using var clone = GeneratorFile.Read(stream, "g");
        });

    [Fact]
    public void Create_WeightsThatDoNotFit_LeavesNoTensor()
        => AssertNone(static () => Assert.Throws<DistGanException>(static () => ReplicaFactory.Create(
            TinyRecipes.Of(), new PatternDataSet(TinyRecipes.Shape), 0, new MemoryLinks(TinyRecipes.Shape).Links, CPU, new InitialWeights([], "g"))));

    private static void AssertNone(Action action)
    {
        action();
        TensorCount.Settle();
        var before = Tensor.TotalCount;

        action();

        Assert.Equal(before, Tensor.TotalCount);
    }
}
