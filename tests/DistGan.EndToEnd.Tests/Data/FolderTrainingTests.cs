using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Data;

public sealed class FolderTrainingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_OnAFolderWithACorruptFile_RefusesAndNamesIt()
    {
        var end = await DistGanProcess.RunAsync(_folder.Path, "train", Recipe(steps: 4, more: ""));

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("night/corrupt.png", end.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["runs"]));
    }

    [Fact]
    public async Task Train_StreamedFolderWithAugmentationStoppedAndResumed_GivesTheSameBytes()
    {
        var recipe = Recipe(steps: 12, more: "on-corrupt: skip, memory-bytes: 0, augment: flip-shift, ");

        var straight = await DistGanProcess.RunAsync(_folder.Path, "train", recipe, "--run-dir", "straight");
        var first = await DistGanProcess.RunAsync(_folder.Path, "train", recipe, "--run-dir", "stopped", "--steps", "6");
        var second = await DistGanProcess.RunAsync(_folder.Path, "train", "--resume", "stopped", "--steps", "12");

        Assert.True(straight.ExitCode == 0, straight.ToString());
        Assert.Contains("night/corrupt.png is left out", straight.Error, StringComparison.Ordinal);
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.True(second.ExitCode == 0, second.ToString());
        Assert.Equal(Weights("straight"), Weights("stopped"));
        Assert.True(File.Exists(_folder["straight/samples/step-00000012.png"]));
        Assert.Contains("fid", File.ReadAllText(_folder["straight/evaluation.jsonl"]), StringComparison.Ordinal);
    }

    private byte[] Weights(string run)
        => File.ReadAllBytes(Directory.GetFiles(_folder[$"{run}/snapshots/r0"], "generator.safetensors", SearchOption.AllDirectories).Single(static path => path.Contains("step-00000012", StringComparison.Ordinal)));

    private string Recipe(int steps, string more) => _folder.Write("photos.yaml", $$"""
        name: tiny-photos
        data: { folder: {{Pictures.Write(_folder, withCorrupt: true)}}, labels: subfolders, {{more}}size: 16 }
        batch: 8
        latent: { size: 8 }
        generator: { network: mlp, width: 16 }
        discriminator: { network: mlp, width: 16 }
        topology: { round-steps: 3 }
        snapshots: { every-steps: 6 }
        samples: { every-steps: 6, rows: 2, columns: 2 }
        evaluation: { every-steps: 12, samples: 64 }
        budget: { steps: {{steps}} }
        threads: 1
        precision: float32
        """);
}
