using DistGan.Recipes;
using DistGan.Training.Export;
using DistGan.Training.Networks;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Export;

public sealed class GeneratorFileTests
{
    public static TheoryData<string, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int> { { "mlp", 2, 0 } };
            foreach (var family in NetworkCatalog.Families.Keys)
            {
                cases.Add(family, 3, 28);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_AnExport_MakesAGeneratorOfTheSameImages(string network, int channels, int size)
    {
        using var scope = NewDisposeScope();
        using var original = Generators.Create(Generators.Recipe(network, distribution: "uniform"), Generators.Shape(channels, size));
        using var stream = Generators.Stream(stream => GeneratorFile.Write(stream, original, Metadata(original)));

        using var clone = GeneratorFile.Read(stream, "g.safetensors");

        var z = original.Latents(9, seed: 3);
        Assert.Equal(original.Recipe, clone.Recipe);
        Assert.Equal(original.Shape, clone.Shape);
        Assert.Equal(Generators.Bytes(original, z), Generators.Bytes(clone, clone.Latents(9, seed: 3)));
        using var first = original.Sample("samples", 5);
        using var second = clone.Sample("samples", 5);
        Numbers.AssertSameBytes(first, second);
    }

    [Theory]
    [InlineData("cgan")]
    [InlineData("infogan")]
    public void Read_AnExportWithCodes_MakesAGeneratorThatKnowsThem(string kind)
    {
        using var scope = NewDisposeScope();
        var recipe = Generators.Recipe("dcgan") with { Conditioning = RecipeKinds.Conditionings[kind]() };
        using var original = Generators.Create(recipe, Generators.Shape(1, 28));
        var metadata = Metadata(original);
        using var stream = Generators.Stream(stream => GeneratorFile.Write(stream, original, metadata));

        using var clone = GeneratorFile.Read(stream, "g.safetensors");

        Assert.Equal(original.Layout, clone.Layout);
        Assert.Equal(original.Labels?.Counts, clone.Labels?.Counts);
        Assert.Equal(original.Labels?.Names, clone.Labels?.Names);
        Assert.Equal(Generators.Bytes(original, original.Latents(9, seed: 3)), Generators.Bytes(clone, clone.Latents(9, seed: 3)));
        Assert.Equal(kind == "cgan" ? ("[5,1,4]", "10", "3", "0") : (null, "19", "10", "2"), (metadata.GetValueOrDefault("class_counts"), metadata["input_size"], metadata["code_categories"], metadata["code_continuous"]));
        Assert.Equal(kind == "cgan" ? """{"z": 7, "labels": 3}""" : """{"z": 7, "categories": 10, "continuous": 2}""", metadata["input_columns"]);
        Assert.Equal(kind == "cgan" ? """["shirt","bag","boot"]""" : null, metadata.GetValueOrDefault("class_names"));
    }

    [Fact]
    public void Write_AGenerator_CarriesWeightsStatisticsAndWhereTheyAreFrom()
    {
        using var generator = Generators.Create(Generators.Recipe("dcgan"), Generators.Shape(1, 28));
        using var stream = Generators.Stream(stream => GeneratorFile.Write(stream, generator, Metadata(generator)));

        var arrays = Safetensors.Read(stream, "g", out var metadata);

        Assert.Equal(
            generator.Network.Parameters.Entries.Concat(generator.Network.Buffers.Entries).Select(static entry => entry.Name).Order(StringComparer.Ordinal),
            arrays.Select(static array => array.Name));
        Assert.Equal(RecipeJson.Sha256(generator.Recipe), metadata["recipe_sha256"]);
        Assert.Equal(("7", "0", "averaged", "abc", "[1, 28, 28]", "7", "normal"), (metadata["step"], metadata["replica"], metadata["weights"], metadata["weights_sha256"], metadata["sample_shape"], metadata["latent_size"], metadata["latent_distribution"]));
    }

    [Fact]
    public void Of_RecipeOfFiles_KeepsTheirFoldersToItself()
    {
        var recipe = Generators.Recipe("mlp") with { Data = new DataRecipe { Name = null, Idx = "/private/a.gz", Labels = "/private/b.gz" } };
        using var generator = Generators.Create(recipe, Generators.Shape(1, 28));

        var metadata = Metadata(generator);

        Assert.DoesNotContain("private", metadata["recipe"], StringComparison.Ordinal);
        Assert.Contains("\"a.gz\"", metadata["recipe"], StringComparison.Ordinal);
        Assert.Equal(RecipeJson.Sha256(recipe), metadata["recipe_sha256"]);
    }

    [Fact]
    public void Of_RecipeOfAFolder_KeepsItsParentToItselfAndIsReadAgain()
    {
        var recipe = Generators.Recipe("mlp") with { Data = new DataRecipe { Name = null, Folder = "/private/photos/" } };
        using var generator = Generators.Create(recipe, Generators.Shape(1, 28));

        var read = GeneratorFile.RecipeOf(Metadata(generator));

        Assert.Equal("photos", read?.Data.Folder);
        Assert.Null(GeneratorFile.RecipeOf(new Dictionary<string, string>()));
    }

    [Fact]
    public void Read_AFileThatIsNoExport_SaysWhatIsMissing()
    {
        using var plain = Generators.Stream(static stream => Safetensors.Write(stream, []));

        Assert.Equal(
            "g.safetensors holds no 'recipe' in its metadata, so its network is not known: take a file that 'distgan export --format safetensors' made.",
            Assert.Throws<DistGanException>(() => GeneratorFile.Read(plain, "g.safetensors")).Message);
    }

    [Theory]
    [InlineData("[1, 2]")]
    [InlineData("none")]
    [InlineData("null")]
    public void Read_AShapeThatIsNone_IsRefused(string shape)
    {
        using var generator = Generators.Create(Generators.Recipe("mlp"), Generators.Shape(2, 0));
        var metadata = new Dictionary<string, string>(Metadata(generator)) { [ExportMetadata.SampleShapeKey] = shape };
        using var stream = Generators.Stream(stream => GeneratorFile.Write(stream, generator, metadata));

        Assert.Contains($"its sample_shape is '{shape}'", Assert.Throws<DistGanException>(() => GeneratorFile.Read(stream, "g")).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyDictionary<string, string> Metadata(TrainedGenerator generator) => ExportMetadata.Of(generator, step: 7, replica: 0, "abc", averaged: true);
}
