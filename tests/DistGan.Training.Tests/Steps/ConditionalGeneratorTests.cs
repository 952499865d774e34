using DistGan.Recipes;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Export;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps;

[Collection(ExclusiveCollection.Name)]
public sealed class ConditionalGeneratorTests
{
    private static readonly Recipe Labelled = Generators.Recipe("mlp") with { Conditioning = new ConditionalGanRecipe() };
    private static readonly Recipe Coded = Labelled with { Conditioning = new InformationMaximizingRecipe { Categories = 4, Continuous = 2 } };

    [Fact]
    public void Latents_OfASeed_HaveTheNoiseOfAGeneratorWithoutLabels()
    {
        using var scope = NewDisposeScope();
        using var plain = Generators.Create(Labelled with { Conditioning = new UnconditionalRecipe() }, Generators.Shape(2, 0));
        using var labelled = Generators.Create(Labelled, Generators.Shape(2, 0));

        var rows = labelled.Latents(5, seed: 3, truncation: 0.5);

        Assert.Equal([5, 7 + 3], rows.shape);
        Numbers.AssertSameBytes(plain.Latents(5, seed: 3, truncation: 0.5), rows.narrow(1, 0, 7).contiguous());
        Numbers.AssertEqual([1, 1, 1, 1, 1], rows.narrow(1, 7, 3).sum(new long[] { 1 }));
    }

    [Fact]
    public void Latents_ManyRows_HaveEachLabelAsOftenAsTheData()
    {
        using var scope = NewDisposeScope();
        using var generator = Generators.Create(Labelled, Generators.Shape(2, 0));

        var labels = generator.LabelsOf(generator.Latents(2000, seed: 1))!;

        Assert.Equal(labels.Take(10), generator.LabelsOf(generator.Latents(10, seed: 1)));
        double[] shares = [0.5, 0.1, 0.4];
        Assert.All(shares.Select(static (share, label) => (share, label)), pair => Assert.Equal(pair.share, labels.Count(label => label == pair.label) / 2000.0, 0.04));
    }

    [Fact]
    public void Latents_RowForEachLabel_ShareTheNoiseOfTheirColumn()
    {
        using var scope = NewDisposeScope();
        using var generator = Generators.Create(Labelled, Generators.Shape(2, 0));
        var choices = LatentGrid.RowPerLabel([0, 2], columns: 3);

        var rows = generator.Latents(choices, seed: 8);

        Assert.Equal([0, 0, 0, 2, 2, 2], generator.LabelsOf(rows));
        Numbers.AssertSameBytes(rows.narrow(0, 0, 3).narrow(1, 0, 7).contiguous(), rows.narrow(0, 3, 3).narrow(1, 0, 7).contiguous());
        Numbers.AssertSameBytes(rows.narrow(0, 0, 3).narrow(1, 0, 7).contiguous(), generator.Latents(3, seed: 8).narrow(1, 0, 7).contiguous());
    }

    [Fact]
    public void Latents_SweepOfACode_ChangesThatCodeAlone()
    {
        using var scope = NewDisposeScope();
        using var generator = Generators.Create(Coded, Generators.Shape(2, 0));

        var rows = generator.Latents(LatentGrid.Sweep(generator.Layout, code: 1, rows: 1, columns: 3, label: 2), seed: 8);

        Numbers.AssertEqual([0, 0, 1, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1], rows.narrow(1, 7, 6));
    }

    [Fact]
    public void Latents_LabelThatIsNot_IsRefusedWithThoseThatAre()
    {
        using var labelled = Generators.Create(Labelled, Generators.Shape(2, 0));
        using var plain = Generators.Create(Labelled with { Conditioning = new UnconditionalRecipe() }, Generators.Shape(2, 0));

        Assert.Contains("from 0 to 2", Assert.Throws<DistGanException>(() => labelled.Latents([new LatentChoice(0) { Label = 3 }], seed: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("without labels", Assert.Throws<DistGanException>(() => plain.Latents([new LatentChoice(0) { Label = 0 }], seed: 1)).Message, StringComparison.Ordinal);
        Assert.Null(plain.Labels);
    }

    [Fact]
    public void Create_WithoutTheLabelsOfItsData_IsRefused()
        => Assert.Contains("needs the class of each sample", Assert.Throws<DistGanException>(() => new TrainedGenerator(Labelled, Generators.Shape(2, 0), Generators.Arrays(Labelled, Generators.Shape(2, 0)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Use_OfEverything_LeavesNoTensor()
    {
        var arrays = Generators.Arrays(Labelled, Generators.Shape(2, 0));
        TensorCount.Settle();
        var before = Tensor.TotalCount;

        using (var generator = new TrainedGenerator(Labelled, Generators.Shape(2, 0), arrays, labels: Generators.LabelsOf(Labelled)))
        {
            using var latents = generator.Latents([new LatentChoice(2) { Label = 1 }, new LatentChoice(0)], seed: 1);
            generator.Generate(latents).Dispose();
            generator.Sample("samples", 3).Dispose();
            Assert.Equal(1, generator.LabelsOf(latents)![0]);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }
}
