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

    private static void AssertNone(Action action)
    {
        action();
        TensorCount.Settle();
        var before = Tensor.TotalCount;

        action();

        Assert.Equal(before, Tensor.TotalCount);
    }
}
