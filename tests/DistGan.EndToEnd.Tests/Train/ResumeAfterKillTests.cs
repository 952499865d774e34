using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Train;

/// <summary>A run that is killed and resumed ends with the same bytes as one that is not.</summary>
public sealed class ResumeAfterKillTests
{
    private const int Steps = 400;
    private const int Kills = 5;

    [Theory]
    [InlineData("parallel", 11)]
    [InlineData("half", 12)]
    [InlineData("pool", 13)]
    public async Task ResumeAfterKill_FiveTimes_EndsWithTheSameBytes(string replay, int seed)
    {
        using var folder = new TempFolder();
        var recipe = Recipe(folder, replay);
        var whole = await DistGanProcess.RunAsync(folder.Path, "train", recipe, "--run-dir", "whole");
        Assert.True(whole.ExitCode == 0, whole.ToString());

        await KillAndResumeAsync(folder, recipe, new Random(seed));

        var resumedFrom = RunEvents.ResumedFrom(folder["killed"]);
        Assert.Equal(Kills, resumedFrom.Count);
        Assert.All(resumedFrom, static step => Assert.InRange(step, 1, Steps - 1));
        foreach (var file in new[] { "generator.safetensors", "discriminator.safetensors", "ema.safetensors" })
        {
            Assert.True(Last(folder["whole"], file).SequenceEqual(Last(folder["killed"], file)), $"{file} differs after resuming from {string.Join(", ", resumedFrom)}");
        }
    }

    private static string Recipe(TempFolder folder, string replay) => folder.Write("recipe.yaml", $$"""
        name: resumed
        data: { name: fashion-10k }
        batch: 16
        latent: { size: 16 }
        generator: { network: dcgan, width: 8 }
        discriminator: { network: dcgan, width: 8 }
        techniques:
          experience-replay: { mode: {{replay}}, budget-bytes: 524288 }
          historical-averaging: {}
          ema: {}
        balance: { kind: static, discriminator: 2, generator: 1 }
        topology: { round-steps: 10, patience-seconds: 600 }
        snapshots: { every-steps: 50 }
        samples: { every-steps: 400, rows: 2, columns: 2 }
        evaluation: false
        budget: { steps: {{Steps}} }
        threads: 1
        precision: float32
        seed: 7
        """);

    /// <summary>Kills a run at random moments, the third time while it commits a snapshot, and lets it end.</summary>
    private static async Task KillAndResumeAsync(TempFolder folder, string recipe, Random random)
    {
        string[] arguments = ["train", recipe, "--run-dir", "killed"];
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = DistGanProcess.Start(folder.Path, arguments);
            if (kill == 2)
            {
                await KillInACommitAsync(process, folder["killed/snapshots/r0"]);
            }
            else
            {
                // Reports come every 10 steps: from just after the first snapshot to 5 rounds before the end.
                var target = (60 + (kill * 60) + random.Next(5) * 10).ToString();
                await process.UntilAsync($"\nstep {target}/");
                await Task.Delay(random.Next(60), TestContext.Current.CancellationToken);
                process.Signal(DistGanProcess.Kill);
            }

            var end = await process.EndAsync();
            Assert.True(end.ExitCode == 128 + DistGanProcess.Kill, $"It ended before it was killed: {end}");
            arguments = ["train", "--resume", "killed"];
        }

        var last = await DistGanProcess.RunAsync(folder.Path, arguments);
        Assert.True(last.ExitCode == 0, last.ToString());
    }

    private static async Task KillInACommitAsync(DistGanProcess process, string snapshots)
    {
        var begun = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(snapshots, "step-*") { NotifyFilter = NotifyFilters.DirectoryName };
        watcher.Created += (_, change) =>
        {
            process.Signal(DistGanProcess.Kill);
            begun.TrySetResult(change.FullPath);
        };
        watcher.EnableRaisingEvents = true;
        var path = await begun.Task.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
        await process.EndAsync();
        Assert.False(File.Exists(Path.Combine(path, "manifest.json")), $"The snapshot {path} was committed before the kill.");
    }

    private static byte[] Last(string run, string file)
    {
        var folder = Assert.Single(Directory.GetDirectories(Path.Combine(run, "snapshots", "r0"), $"step-{Steps:D8}-e*"));
        return File.ReadAllBytes(Path.Combine(folder, file));
    }
}
