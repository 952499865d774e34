using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Latents;

public sealed class LatentGridTests
{
    [Fact]
    public void RowPerLabel_TwoLabels_GivesEachTheRowsOfTheColumns()
        => Assert.Equal([(0, 4), (1, 4), (2, 4), (0, 7), (1, 7), (2, 7)], LatentGrid.RowPerLabel([4, 7], 3).Select(static choice => (choice.Row, choice.Label!.Value)));

    [Fact]
    public void Sweep_OfACode_GoesFromMinusOneToOne()
    {
        var choices = LatentGrid.Sweep(new(9, 10, 2), code: 0, rows: 2, columns: 3, label: 6);

        Assert.Equal([(0, -1.0), (0, 0.0), (0, 1.0), (1, -1.0), (1, 0.0), (1, 1.0)], choices.Select(static choice => (choice.Row, choice.Continuous![0])));
        Assert.All(choices, static choice => Assert.Equal((6, 0.0), (choice.Label, choice.Continuous![1])));
    }

    [Theory]
    [InlineData(0, 0, "has none")]
    [InlineData(2, 2, "from 0 to 1")]
    [InlineData(2, -1, "from 0 to 1")]
    public void Sweep_CodeThatIsNot_IsRefused(int continuous, int code, string expected)
        => Assert.Contains(expected, Assert.Throws<DistGanException>(() => LatentGrid.Sweep(new(9, 10, continuous), code, 1, 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void LabelsShown_VeryManyLabels_LieEvenlyAmongThem()
    {
        Assert.Empty(LatentGrid.LabelsShown(0, 8));
        Assert.Equal(Enumerable.Range(0, 25), LatentGrid.LabelsShown(25, 8));
        Assert.Equal([0, 250, 500, 750], LatentGrid.LabelsShown(1000, 4));
    }
}
