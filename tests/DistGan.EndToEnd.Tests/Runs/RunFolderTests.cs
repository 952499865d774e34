using DistGan.Client.CommandLine;
using DistGan.Client.Runs;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Runs;

public sealed class RunFolderTests
{
    [Fact]
    public void ForNew_NameTaken_CountsOn()
    {
        using var folder = new TempFolder();
        folder.Write("runs/ring/recipe.yaml", "");
        folder.Write("runs/ring-2/recipe.yaml", "");

        Assert.Equal(folder["runs/ring-3"], RunFolder.ForNew("ring", null, folder.Path));
        Assert.False(Directory.Exists(folder["runs/ring-3"]));
    }

    [Fact]
    public void Existing_TheFolderOfAStudy_IsRefusedWithWhatShowsIt()
    {
        using var folder = new TempFolder();
        folder.Write("studies/ring/study.json", "{}");
        folder.Write("studies/ring/recipe.yaml", "");

        var exception = Assert.Throws<CommandException>(() => RunFolder.Existing("studies/ring", folder.Path));

        Assert.Contains("study show ring", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ForNew_LongestNameTaken_StaysAValidName()
    {
        using var folder = new TempFolder();
        var name = new string('a', 63);
        folder.Write($"runs/{name}/recipe.yaml", "");

        Assert.Equal(folder[$"runs/{new string('a', 61)}-2"], RunFolder.ForNew(name, null, folder.Path));
    }

    [Fact]
    public void ForNew_AskedFolderHoldsARun_RefusesWithTheResumeCommand()
    {
        using var folder = new TempFolder();
        folder.Write("mine/recipe.yaml", "");

        var exception = Assert.Throws<CommandException>(() => RunFolder.ForNew("ring", "mine", folder.Path));

        Assert.Equal(ExitCodes.Refused, exception.ExitCode);
        Assert.Contains("train --resume mine", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ForNew_AskedFolderHoldsOtherFiles_IsRefusedAndAnEmptyOneIsNot()
    {
        using var folder = new TempFolder();
        folder.Write("photos/cat.jpg", "");
        Directory.CreateDirectory(folder["empty"]);

        var exception = Assert.Throws<CommandException>(() => RunFolder.ForNew("ring", "photos", folder.Path));

        Assert.Equal(ExitCodes.Refused, exception.ExitCode);
        Assert.Contains("name an empty folder", exception.Message, StringComparison.Ordinal);
        Assert.Equal(folder["empty"], RunFolder.ForNew("ring", "empty", folder.Path));
    }

    [Fact]
    public void Existing_Unknown_NamesWhatThereIs()
    {
        using var folder = new TempFolder();
        folder.Write("runs/ring/recipe.yaml", "");

        var exception = Assert.Throws<CommandException>(() => RunFolder.Existing("runs/rong", folder.Path));

        Assert.Equal(ExitCodes.NotFound, exception.ExitCode);
        Assert.Contains("runs/ring", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StepsOf_SnapshotWithoutManifest_IsPassedOver()
    {
        using var folder = new TempFolder();
        folder.Write("snapshots/r0/step-00000050-e1/manifest.json", "{}");
        folder.Write("snapshots/r0/step-00000100-e2/manifest.json", "{}");
        folder.Write("snapshots/r0/step-00000150-e2/generator.safetensors", "");

        Assert.Equal([50L, 100L], SnapshotFolders.StepsOf(folder.Path, 0));
    }
}
