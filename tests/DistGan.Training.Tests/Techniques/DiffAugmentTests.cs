using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Data;
using DistGan.Training.Techniques.Augmenting;
using DistGan.Training.Techniques;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class DiffAugmentTests
{
    private static readonly Presentation Here = new(5, 2, Presentation.Fake);

    [Fact]
    public void Colours_HandComputed_MoveAndStretchAroundTheirMeans()
    {
        using var scope = NewDisposeScope();

        // Two channels of one by two pixels: means over the channels 2 and 5, over the image 3.5.
        var x = Numbers.Of([1, 2, 1, 2], 1, 4, 3, 6);

        Numbers.AssertEqual([1.25, 4.25, 3.25, 6.25], ImageChanges.Brightness(x, Numbers.Of([1], 0.75)));
        Numbers.AssertEqual([0.5, 3.5, 3.5, 6.5], ImageChanges.Saturation(x, Numbers.Of([1], 0.75)));
        Numbers.AssertEqual([2.25, 3.75, 3.25, 4.75], ImageChanges.Contrast(x, Numbers.Of([1], 0)));
    }

    [Theory]
    [InlineData(0, 0, -1, -1)]
    [InlineData(0.5, 0.5, 0, 0)]
    [InlineData(0.4, 0.9, 0, 1)]
    [InlineData(0.99999999, 0, 1, -1)]
    public void Translate_ImageOfEightPixels_ShiftsByAtMostOneOverZeros(double ofX, double ofY, int x, int y)
    {
        using var scope = NewDisposeScope();
        var image = arange(1, 129, ScalarType.Float32).view(1, 2, 8, 8);

        var moved = ImageChanges.Translate(image, Numbers.Single([1], (float)ofX), Numbers.Single([1], (float)ofY));

        for (var row = 0; row < 8; row++)
        {
            for (var column = 0; column < 8; column++)
            {
                // A larger number shows the image from further right and down: it moves left and up.
                var (fromRow, fromColumn) = (row + y, column + x);
                var isInside = fromRow is >= 0 and < 8 && fromColumn is >= 0 and < 8;
                Assert.Equal(isInside ? 65 + 8 * fromRow + fromColumn : 0, moved[0, 1, row, column].item<float>());
            }
        }
    }

    [Theory]
    [InlineData(0, 0, 2, 2)]
    [InlineData(0.5, 0.5, 4, 4)]
    [InlineData(0.99999999, 0.3, 2, 4)]
    public void Cutout_ImageOfEightPixels_LosesASquareOfFourThatMayReachOutside(double ofX, double ofY, int columns, int rows)
    {
        using var scope = NewDisposeScope();

        var cut = ImageChanges.Cutout(ones(1, 3, 8, 8), Numbers.Single([1], (float)ofX), Numbers.Single([1], (float)ofY));

        Assert.Equal(3 * rows * columns, 3 * 64 - cut.sum().item<float>());
        Assert.Equal(8 - rows, cut[0, 0].amax([1]).sum().item<float>() - (columns < 8 ? rows : 0));
    }

    [Fact]
    public void Present_Gradient_AgreesWithFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        using var attached = new Attached<DiffAugment>(new DiffAugment(new()));
        var weights = Numbers.Normal(2, ScalarType.Float64, 2, 2, 8, 8);

        FiniteDifferences.AssertGradient(x => (attached.Technique.Present(x, Here) * weights).Squared().sum(), Numbers.Normal(1, ScalarType.Float64, 2, 2, 8, 8), 1e-6);
    }

    [Fact]
    public void Present_Draws_AreFunctionsOfStepUpdateAndGroup()
    {
        using var scope = NewDisposeScope();
        using var attached = new Attached<DiffAugment>(new DiffAugment(new()));
        var x = Attached<DiffAugment>.Images(1);

        var all = new[] { Here, Here with { Step = 6 }, Here with { Update = 3 }, Here with { Update = -3 }, Here with { Group = Presentation.Real }, Here with { Group = Presentation.Generator } }
            .Select(at => Convert.ToHexString(VectorBytes.Copy(attached.Technique.Present(x, at)))).ToArray();

        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(all[0], Convert.ToHexString(VectorBytes.Copy(attached.Technique.Present(x, Here))));
    }

    [Fact]
    public void Present_SamplesOfABatch_AreChangedEachInItsOwnWay()
    {
        using var scope = NewDisposeScope();
        using var attached = new Attached<DiffAugment>(new DiffAugment(new() { Policy = ["cutout"] }));

        var holes = attached.Technique.Present(ones(16, 1, 8, 8), Here).flatten(1);

        Assert.InRange(Enumerable.Range(0, 16).Select(i => Convert.ToHexString(VectorBytes.Copy(holes[i].clone()))).Distinct().Count(), 8, 16);
    }

    [Fact]
    public void Present_PartOfThePolicy_LeavesTheOthersAsTheyAre()
    {
        using var scope = NewDisposeScope();
        using var whole = new Attached<DiffAugment>(new DiffAugment(new() { Policy = ["cutout", "translation"] }));
        using var part = new Attached<DiffAugment>(new DiffAugment(new() { Policy = ["cutout"] }));
        using var shift = new Attached<DiffAugment>(new DiffAugment(new() { Policy = ["translation"] }));
        var x = Attached<DiffAugment>.Images(1);

        // The shift comes before the hole, whatever the order in the recipe.
        Numbers.AssertSameBytes(whole.Technique.Present(x, Here), part.Technique.Present(shift.Technique.Present(x, Here), Here));
    }

    [Fact]
    public void Attach_Points_IsRefused()
    {
        using var attached = new Attached<DiffAugment>(new DiffAugment(new()));

        var refused = Assert.Throws<DistGanException>(() => attached.Technique.Attach(attached.Context with { Shape = SampleShape.Point(2) }));

        Assert.Contains("techniques.diffaugment=false", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Advance_Augmented_TrainsBothPlayersOnOtherScores()
    {
        var plain = TinyRecipes.Of("mlp");
        using var without = TinyRecipes.Create(plain, new MemoryLinks(TinyRecipes.Shape).Links);
        using var with = TinyRecipes.Create(plain with { Techniques = new() { Diffaugment = new() } }, new MemoryLinks(TinyRecipes.Shape).Links);
        var start = VectorBytes.Copy(with.Generator.Parameters.Values);

        without.Advance();
        with.Advance();

        Assert.True(with.Generator.Parameters.Gradient.abs().max().item<float>() > 0);
        Assert.NotEqual(start, VectorBytes.Copy(with.Generator.Parameters.Values));
        Assert.NotEqual(VectorBytes.Copy(without.Discriminator.Parameters.Gradient), VectorBytes.Copy(with.Discriminator.Parameters.Gradient));
    }
}
