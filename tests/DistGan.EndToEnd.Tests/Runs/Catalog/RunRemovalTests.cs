using DistGan.Client.CommandLine;
using DistGan.Client.Runs;
using DistGan.Client.Runs.Catalog;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Reports;

namespace DistGan.EndToEnd.Tests.Runs.Catalog;

public sealed class RunRemovalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Remove_AFinishedRun_LeavesNothingOfIt()
    {
        var run = WrittenRun.Complete(_folder, "done");

        RunRemoval.Remove(run, _folder.Path);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["runs"]));
    }

    [Fact]
    public void Remove_ARunningRun_IsRefused()
    {
        var run = WrittenRun.Complete(_folder, "busy");
        using var runLock = RunLock.Take(run);

        AssertRefused(run, _folder.Path, "running");
    }

    [Fact]
    public void Remove_ARunWithFilesOfOthers_IsRefusedAndNamesThem()
    {
        var run = WrittenRun.Complete(_folder, "mixed");
        _folder.Write("runs/mixed/thesis.tex", "years of work");

        AssertRefused(run, _folder.Path, "thesis.tex");
        Assert.True(File.Exists(_folder["runs/mixed/thesis.tex"]));
    }

    [Fact]
    public void Remove_TheCurrentDirectory_IsRefused()
    {
        var run = WrittenRun.Complete(_folder, "here");

        AssertRefused(run, Path.Combine(run, "samples"), "current directory");
        RunRemoval.Remove(run, _folder["runs/here-2"]);
        Assert.False(Directory.Exists(run));
    }

    private static void AssertRefused(string run, string currentDirectory, string why)
    {
        var exception = Assert.Throws<CommandException>(() => RunRemoval.Remove(run, currentDirectory));

        Assert.Equal(ExitCodes.Refused, exception.ExitCode);
        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run, "recipe.yaml")));
    }
}
