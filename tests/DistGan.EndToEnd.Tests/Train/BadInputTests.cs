using System.Buffers.Binary;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Train;

public sealed class BadInputTests
{
    [Fact]
    public async Task Train_RecipeWithSeveralErrors_SaysAllAndMakesNoFolder()
    {
        using var folder = new TempFolder();
        var recipe = folder.Write("bad.yaml", "batch: 0\nobjektive: hinge\ngenerator: { width: wide }\nobjective: wgan-gp\ntechniques: { label-smoothing: {} }\n");

        var end = await DistGanProcess.RunAsync(folder.Path, "train", recipe);

        Assert.Equal(2, end.ExitCode);
        Assert.All(["batch", "objektive", "did you mean", "generator.width", "label-smoothing"], text => Assert.Contains(text, end.Error, StringComparison.Ordinal));
        Assert.Equal("", end.Out);
        Assert.Equal(["bad.yaml"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Train_TruncatedIdx_NamesFileAndOffset()
    {
        using var folder = new TempFolder();
        var idx = new byte[16 + 1000];
        BinaryPrimitives.WriteUInt32BigEndian(idx, 0x803);
        BinaryPrimitives.WriteUInt32BigEndian(idx.AsSpan(4), 100);
        BinaryPrimitives.WriteUInt32BigEndian(idx.AsSpan(8), 28);
        BinaryPrimitives.WriteUInt32BigEndian(idx.AsSpan(12), 28);
        File.WriteAllBytes(folder["broken.idx"], idx);

        var end = await DistGanProcess.RunAsync(folder.Path, "train", "--set", $"data.idx={folder["broken.idx"]}", "--set", "evaluation=false");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("broken.idx", end.Error, StringComparison.Ordinal);
        Assert.Contains("1016", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["runs"]));
    }

    [Fact]
    public async Task Train_PresetWhoseDigitsAreNotHere_SaysHowToGetThem()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunWithAsync(new Dictionary<string, string> { ["DISTGAN_DATA"] = folder["data"] }, folder.Path, "train", "--preset", "stacked-mnist");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("run 'distgan data get mnist'", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["runs"]));
    }

    [Fact]
    public async Task Train_FolderThatCannotBeWritten_SaysSoAtTheStart()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path, "train", TinyRecipes.Ring(folder), "--run-dir", "/proc/distgan-run");

        Assert.Equal(5, end.ExitCode);
        Assert.Contains("/proc/distgan-run", end.Error, StringComparison.Ordinal);
        Assert.Contains("--run-dir", end.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "There is no recipe file", "train", "missing.yaml")]
    [InlineData(4, "There is no run folder", "train", "--resume", "runs/none")]
    [InlineData(2, "fashion", "train", "--preset", "fasion")]
    [InlineData(2, "--steps", "train", "--stebs", "3")]
    [InlineData(2, "--device gpu", "train", "--device", "gpu")]
    [InlineData(2, "did you mean 'train'", "trian")]
    [InlineData(4, "There is no run folder", "samples", "runs/none")]
    [InlineData(2, "'/' is a folder", "validate", "/")]
    [InlineData(2, "--preset NAME", "validate")]
    [InlineData(2, "did you mean 'data.size'?", "validate", "--preset", "ring", "--set", "data.sizee=8")]
    [InlineData(2, "--replicas 2 and --set topology.replicas=3 contradict each other", "train", "--replicas", "2", "--set", "topology.replicas=3")]
    [InlineData(2, "--steps 5 and --set budget.steps=7 contradict each other", "train", "--steps", "5", "--set", "budget.steps=7")]
    [InlineData(2, "--steps", "train", "--steps", "five", "--set", "budget.steps=7")]
    [InlineData(2, "--set", "train", "--set")]
    [InlineData(2, "--set data.name=ring and --set data.folder=photos contradict each other", "validate", "--preset", "ring", "--set", "data.name=ring", "--set", "data.folder=photos")]
    [InlineData(2, "fashion-10k and --set data.folder=photos contradict each other", "data", "info", "fashion-10k", "--set", "data.folder=photos")]
    [InlineData(2, "there is no such device here", "train", "--preset", "ring", "--device", "cuda:9")]
    [InlineData(2, "generator.optimizer.rate", "explain", "rate")]
    public async Task Command_WithAWrongName_SaysWhatThereIs(int exitCode, string expected, params string[] arguments)
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path, arguments);

        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(expected, end.Error, StringComparison.Ordinal);
        Assert.Equal("", end.Out);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
