using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Train;

public sealed class TerminalTests
{
    [Fact]
    public async Task Train_InATerminal_ShowsProgressAndPictures()
    {
        using var folder = new TempFolder();
        using var process = DistGanProcess.StartInTerminal(folder.Path, "train", TinyRecipes.Fashion(folder));

        var end = await process.EndAsync();

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.All(["━", "▀", "38;2;", "step 60/60", "loss D", "is done"], text => Assert.Contains(text, end.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Train_InATerminalWithoutColours_UsesNone()
    {
        using var folder = new TempFolder();
        using var process = DistGanProcess.StartInTerminal(folder.Path, "train", TinyRecipes.Ring(folder), "--no-color");

        var end = await process.EndAsync();

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.DoesNotContain("38;", end.Out, StringComparison.Ordinal);
        Assert.Contains("step 60/60", end.Out, StringComparison.Ordinal);
    }
}
