using DistGan.Client.Champions;
using DistGan.Client.CommandLine;

namespace DistGan.EndToEnd.Tests.Champions;

public sealed class DistributionTests
{
    private static readonly double[] Real = [0.5, 0.25, 0.25, 0];

    [Fact]
    public void Over_Words_CoverTheModesThatHaveAChampion()
    {
        Assert.Equal(new Dictionary<int, double> { [0] = 1, [2] = 1 }, Distribution.Parse("uniform")!.Over([0, 2], Real));
        Assert.Equal(new Dictionary<int, double> { [0] = 0.5, [2] = 0.25 }, Distribution.Parse("real")!.Over([0, 2], Real));
    }

    [Fact]
    public void Over_Shares_AreTakenAsTheyAre()
        => Assert.Equal(new Dictionary<int, double> { [2] = 3, [0] = 0.5 }, Distribution.Parse("2=3, 0=5e-1")!.Over([0, 1, 2], Real));

    [Fact]
    public void Over_ModesWithoutAChampion_AreRefusedByName()
    {
        var error = Assert.Throws<CommandException>(() => Distribution.Parse("2=3,1=1,5=1")!.Over([0, 2], Real));

        Assert.Equal(ExitCodes.NotFound, error.ExitCode);
        Assert.Contains("no champion of mode 1, 5; these modes have one: 0, 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, Assert.Throws<CommandException>(() => Distribution.Parse("real")!.Over([3], Real)).ExitCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("even")]
    [InlineData("1")]
    [InlineData("1=0")]
    [InlineData("1=-1")]
    [InlineData("1=NaN")]
    [InlineData("1=1,1=2")]
    [InlineData("-1=1")]
    public void Parse_NoDistribution_IsNull(string text) => Assert.Null(Distribution.Parse(text));
}
