using System.Diagnostics;
using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;

namespace DistGan.EndToEnd.Tests.Estimates;

public sealed class EstimateTests
{
    private const string Line = @"(?m)^about \S+ \S+, \S+ [kMG]B memory, \S+ [kMG]B disk";

    [Fact]
    public async Task Train_BeforeTheFirstStep_SaysWhatItWillTake()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path, "train", TinyRecipes.Ring(folder), "--steps", "20");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Matches(Line, end.Out.Split("step ")[0]);
    }

    [Fact]
    public async Task Validate_AValidRecipe_SaysWhatItWillTake()
    {
        using var folder = new TempFolder();
        var recipe = folder.Write("mine.json", """{ "name": "mine", "batch": 32 }""");

        var text = await DistGanProcess.RunAsync(folder.Path, "validate", recipe);
        var json = await DistGanProcess.RunAsync(folder.Path, "validate", recipe, "-o", "json");

        Assert.Matches(Line, text.Out);
        Assert.True((double)JsonNode.Parse(json.Out)!["estimate"]!["memory_bytes"]! > 100e6);
    }

    [Fact]
    public async Task Train_ARunLargerThanTheDisk_IsRefusedBeforeItBegins()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path, "train", "--set", "generator.width=65536", "--set", "snapshots.keep=10000", "--set", "snapshots.every-steps=1");

        Assert.True(end.ExitCode == 5, end.ToString());
        Assert.Contains("snapshots.keep", end.Error, StringComparison.Ordinal);
        Assert.Contains(" free", end.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["runs/fashion"]), end.ToString());
    }

    /// <summary>A real failure of libtorch's allocator: one layer's output of 17 GB, in a process that may have 6.</summary>
    [Fact]
    public async Task Train_WithoutEnoughMemory_WarnsThenFailsWithASentence()
    {
        using var folder = new TempFolder();
        var recipe = folder.Write("huge.yaml", """
            name: huge
            data: { name: ring }
            batch: 65536
            latent: { size: 2 }
            generator: { network: mlp, width: 65536, depth: 1 }
            discriminator: { network: mlp, width: 65536, depth: 1 }
            precision: float32
            evaluation: false
            samples: { every-steps: 1000000 }
            budget: { steps: 2 }
            threads: 1
            """);

        var end = await RunLimitedAsync(folder.Path, "train", recipe);

        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains("warning: the job may need", end.Error, StringComparison.Ordinal);
        Assert.Contains("ran out of memory on cpu at step", end.Error, StringComparison.Ordinal);
        Assert.Contains("lower batch", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Error + end.Out, StringComparison.Ordinal);
    }

    private static async Task<ProcessEnd> RunLimitedAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", ["-c", "ulimit -d 6000000; exec dotnet \"$@\"", "sh", DistGanProcess.Assembly, .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        return new(process.ExitCode, await output, await error);
    }
}
