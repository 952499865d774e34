using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DistGan.Client.Runs;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;
using DistGan.Training.Export;
using DistGan.Training.Native;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;

namespace DistGan.EndToEnd.Tests.Export;

public sealed class ExportTests
{
    [Fact]
    public async Task Export_ATrainedRun_WritesBothFormatsAndSaysWhatTheyAre()
    {
        using var folder = new TempFolder();
        var trained = await DistGanProcess.RunAsync(folder.Path, "train", TinyRecipes.Ring(folder), "--quiet", "--run-dir", "ring");
        Assert.True(trained.ExitCode == 0, trained.ToString());

        var averaged = await ExportAsync(folder, "safetensors", "averaged.safetensors");
        var raw = await ExportAsync(folder, "safetensors", "raw.safetensors", "--raw");
        var model = await ExportAsync(folder, "onnx", "new/ring.onnx");

        Assert.Equal(("distgan.export/1", 60L, "averaged"), ((string?)averaged["schema"], (long)averaged["step"]!, (string?)averaged["weights"]));
        Assert.Equal("raw", (string?)raw["weights"]);
        Assert.Equal([2], model["sample_shape"]!.AsArray().Select(static size => (int)size!));
        Assert.NotEqual(Weights(folder["averaged.safetensors"]), Weights(folder["raw.safetensors"]));
        Assert.Equal(Weights(Snapshot(folder, "ema")), Weights(folder["averaged.safetensors"]));
        Assert.Equal(Weights(Snapshot(folder, "generator")), Weights(folder["raw.safetensors"]));
        Assert.Equal(Sha256(Snapshot(folder, "generator")), (string?)raw["weights_sha256"]);
        Assert.Equal(Sha256(folder["new/ring.onnx"]), (string?)model["sha256"]);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp", SearchOption.AllDirectories));
        await AssertCloneAsync(folder);
    }

    [Fact]
    public async Task Export_BadArguments_AreUsageErrors()
    {
        using var folder = new TempFolder();

        var format = await DistGanProcess.RunAsync(folder.Path, "export", "ring", "--format", "pickle", "--out", "a");
        var nothing = await DistGanProcess.RunAsync(folder.Path, "export", "ring");
        var noRun = await DistGanProcess.RunAsync(folder.Path, "export", "ring", "--format", "onnx", "--out", "a");

        Assert.Equal(2, format.ExitCode);
        Assert.Contains("--format pickle: allowed are safetensors, onnx.", format.Error, StringComparison.Ordinal);
        Assert.Equal(2, nothing.ExitCode);
        Assert.Contains("--format", nothing.Error, StringComparison.Ordinal);
        Assert.Contains("--out", nothing.Error, StringComparison.Ordinal);
        Assert.Equal(4, noRun.ExitCode);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    /// <summary>The exported file alone draws what the run draws, bit for bit.</summary>
    private static async Task AssertCloneAsync(TempFolder folder)
    {
        NativeBackend.Load();
        var run = await TrainedRun.OpenAsync(folder["ring"], replica: null, static _ => { }, TestContext.Current.CancellationToken);
        using var original = await run.OpenGeneratorAsync(TestContext.Current.CancellationToken);
        await using var file = File.OpenRead(folder["averaged.safetensors"]);
        using var clone = GeneratorFile.Read(file, "averaged.safetensors");

        Assert.Equal(Draw(original), Draw(clone));
    }

    private static byte[] Draw(TrainedGenerator generator)
    {
        using var latents = generator.Latents(20, seed: 4);
        using var samples = generator.Generate(latents);
        return VectorBytes.Copy(samples);
    }

    private static async Task<JsonNode> ExportAsync(TempFolder folder, string format, string file, params string[] more)
    {
        var end = await DistGanProcess.RunAsync(folder.Path, ["export", "ring", "--format", format, "--out", file, "-o", "json", .. more]);
        Assert.True(end.ExitCode == 0, end.ToString());
        return JsonNode.Parse(end.Out)!;
    }

    private static string Snapshot(TempFolder folder, string name) => folder[$"ring/snapshots/r0/step-00000060-e1/{name}.safetensors"];

    private static byte[] Weights(string path)
    {
        using var file = File.OpenRead(path);
        return [.. Safetensors.Read(file, path).Where(static array => !array.Name.Contains("running", StringComparison.Ordinal)).SelectMany(static array => array.Bytes.ToArray())];
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
