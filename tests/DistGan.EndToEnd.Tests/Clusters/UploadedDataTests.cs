using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Data;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;
using DistGan.TestSupport;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>Data that only the machine of the console has: <c>submit</c> brings them into the store, and workers from there.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class UploadedDataTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _console = new();

    public void Dispose()
    {
        _folder.Dispose();
        _console.Dispose();
    }

    [Fact]
    public async Task Submit_AFolderThatNoWorkerSees_TrainsAsHereAndGoesOnAfterItIsGone()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var azurite = await AzuriteServer.StartAsync();
        using var cluster = ClusterProcesses.OnRedisAndAzurite(_folder, redis, azurite);
        await cluster.StartSiloAsync();
        await cluster.StartWorkerAsync();
        var recipe = Photos(steps: 12);
        var here = await DistGanProcess.RunAsync(_console.Path, "train", recipe, "--run-dir", "here");
        Assert.True(here.ExitCode == 0, here.ToString());

        await SubmitAsync(cluster, recipe, "--job", "photos", "--steps", "6", "--quiet");
        Directory.Delete(_console["photos"], recursive: true);
        await cluster.MustAsync("resume", "photos", "--steps", "12");
        var waited = await cluster.RunAsync("wait", "photos");

        Assert.True(waited.ExitCode == 0, waited.ToString());
        Assert.Contains("data-fetched: r0 Fetched photos/ from the store", waited.Error, StringComparison.Ordinal);
        await cluster.MustAsync("artifacts", "photos", "--out", "there");
        Assert.Equal(Weights(_console["here"]), Weights(_folder["there"]));
        await ScoreFarAwayAsync(cluster);
    }

    [Fact]
    public async Task Submit_TheSameFilesAgain_UploadsNothingAndTheLastDeletionRemovesThem()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        await cluster.StartWorkerAsync();
        var recipe = Photos(steps: 3);

        await SubmitAsync(cluster, recipe, "--quiet");
        var written = Assert.Single(Directory.GetFiles(_folder["store/data"], "00000000", SearchOption.AllDirectories));
        var time = File.GetLastWriteTimeUtc(written);
        await SubmitAsync(cluster, recipe, "--quiet");

        Assert.Equal(time, File.GetLastWriteTimeUtc(written));
        Assert.Equal(StoredOf("tiny-photos", cluster), StoredOf("tiny-photos-2", cluster));
        Assert.Single(Events("tiny-photos", cluster), static entry => (string?)entry["kind"] == "data-fetched");
        Assert.DoesNotContain(Events("tiny-photos-2", cluster), static entry => (string?)entry["kind"] == "data-fetched");

        await ScoreHereAsync(cluster.JobFolder("tiny-photos"));

        await cluster.MustAsync("delete", "tiny-photos", "--yes");
        Assert.True(File.Exists(written));
        await cluster.MustAsync("delete", "tiny-photos-2", "--yes");
        Assert.False(File.Exists(written));
    }

    /// <summary>Each of two replicas is given a slot, so that the worker that cannot is asked whatever the order.</summary>
    [Fact]
    public async Task Submit_OneWorkerCannotKeepTheData_TrainsOnTheOther()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        _ = _folder.Write("full", "a file, and no folder");
        var full = await cluster.StartWorkerAsync(new Dictionary<string, string> { ["DISTGAN_DATA"] = _folder["full/data"] });
        await full.UntilAsync($"Uploaded data cannot be kept in {_folder["full/data/stored"]}");
        await cluster.StartWorkerAsync();

        await SubmitAsync(cluster, Photos(steps: 3), "--set", "topology.replicas=2", "--quiet");

        var told = Events("tiny-photos", cluster);
        var warning = (string)Assert.Single(told, static entry => (string?)entry["kind"] == "warning")["message"]!;
        Assert.Contains($"(host {Environment.MachineName}) cannot train replica", warning, StringComparison.Ordinal);
        Assert.Contains($"cannot be kept in {_folder["full/data/stored"]}", warning, StringComparison.Ordinal);
        Assert.Equal(2, told.Count(static entry => (string?)entry["kind"] == "started"));
        Assert.Single(told, static entry => (string?)entry["kind"] == "completed");
        Assert.DoesNotContain(told, static entry => (string?)entry["kind"] is "failed" or "replica-lost");
    }

    [Fact]
    public async Task Submit_InterruptedWhileItUploads_SaysSoAndTheNextOneGoesOn()
    {
        const int Images = 600_000;
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        await cluster.StartWorkerAsync();
        using (var file = File.Create(_folder["large"]))
        {
            file.Write([0, 0, 8, 3, 0, Images >> 16, (Images >> 8) & 255, Images & 255, 0, 0, 0, 28, 0, 0, 0, 28]);
            file.SetLength(16 + Images * 784L);
        }

        string[] submit = ["submit", TinyRecipes.Fashion(_folder, "budget: { steps: 10 }"), "--job", "large", "--set", "data.idx=large"];
        using var interrupted = cluster.Start([.. submit]);
        await interrupted.UntilAsync("uploading large, MB: ");
        interrupted.Signal(DistGanProcess.Interrupt);
        var end = await interrupted.EndAsync();
        var sent = Directory.GetFiles(_folder["store/data"], "0000*", SearchOption.AllDirectories).Select(static path => (path, File.GetLastWriteTimeUtc(path))).ToList();
        var again = await cluster.RunAsync([.. submit, "--quiet"]);

        Assert.True(end.ExitCode == 130, end.ToString());
        Assert.Contains("interrupted: no job is submitted; what was uploaded stays for a day", end.Error, StringComparison.Ordinal);
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.InRange(sent.Count, 1, (int)(Images * 784L >> 20));
        Assert.All(sent, part => Assert.Equal(part.Item2, File.GetLastWriteTimeUtc(part.path)));
        await OtherDataAsync(cluster, submit);
    }

    /// <summary>The name of another job is refused before anything is uploaded for it.</summary>
    private async Task OtherDataAsync(ClusterProcesses cluster, string[] submit)
    {
        using (var file = File.OpenWrite(_folder["large"]))
        {
            file.Position = 1000;
            file.WriteByte(1);
        }

        var other = await cluster.RunAsync(submit);

        Assert.True(other.ExitCode == 5, other.ToString());
        Assert.Contains("The job 'large' exists already (completed, with other data)", other.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(_folder["store/data"]));
    }

    [Fact]
    public async Task Submit_WhatIsNotOnThisMachine_SaysHowToNameWhatWorkersSee()
    {
        var end = await DistGanProcess.RunAsync(_console.Path, "submit", "--set", "data.folder=photos", "--cluster", "localhost:1");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains($"data.folder: there is no {_console["photos"]} on this machine", end.Error, StringComparison.Ordinal);
        Assert.Contains("data.shared=true", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_AFolderWithACorruptFile_NamesItBeforeTheClusterIsAsked()
    {
        var end = await DistGanProcess.RunAsync(_console.Path, "submit", Photos(steps: 3, withCorrupt: true), "--cluster", "localhost:1");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("night/corrupt.png", end.Error, StringComparison.Ordinal);
    }

    /// <summary>On a machine that sees neither the store nor the folder, the data come through the cluster.</summary>
    private async Task ScoreFarAwayAsync(ClusterProcesses cluster)
    {
        var environment = new Dictionary<string, string> { ["DISTGAN_CONFIG"] = _folder["config.json"], ["DISTGAN_DATA"] = _console["far"] };
        var scored = await DistGanProcess.RunWithAsync(environment, _console.Path, "evaluate", "photos", "--metrics", "fid", "--samples", "64", "--draws", "1", "--cluster", cluster.Name);
        Assert.True(scored.ExitCode == 0, scored.ToString());
        Assert.Contains("fid", scored.Out, StringComparison.Ordinal);
        Assert.True(Directory.Exists(_console["far/stored"]), scored.ToString());
    }

    /// <summary>On a machine that sees the store, the run folder of a job finds the data in it.</summary>
    private async Task ScoreHereAsync(string run)
    {
        Directory.Delete(_console["photos"], recursive: true);
        var scored = await DistGanProcess.RunAsync(_console.Path, "evaluate", run, "--metrics", "fid", "--samples", "64", "--draws", "1");
        Assert.True(scored.ExitCode == 0, scored.ToString());
        Assert.Contains("fid", scored.Out, StringComparison.Ordinal);
    }

    /// <summary>The console runs in a folder of its own, so that it shares no copies with the worker.</summary>
    private async Task SubmitAsync(ClusterProcesses cluster, params string[] arguments)
    {
        var end = await DistGanProcess.RunWithAsync(new Dictionary<string, string> { ["DISTGAN_CONFIG"] = _folder["config.json"] }, _console.Path, ["submit", .. arguments, "--cluster", cluster.Name]);
        Assert.True(end.ExitCode == 0, end.ToString());
    }

    private static IReadOnlyList<JsonNode> Events(string job, ClusterProcesses cluster) => RunEvents.Read(cluster.JobFolder(job));

    private static string StoredOf(string job, ClusterProcesses cluster)
        => Assert.Single(File.ReadAllLines(Path.Combine(cluster.JobFolder(job), "recipe.yaml")), static line => line.Contains("stored:", StringComparison.Ordinal));

    private static byte[] Weights(string run)
        => File.ReadAllBytes(Directory.GetFiles(Path.Combine(run, "snapshots/r0"), "generator.safetensors", SearchOption.AllDirectories).Single(static path => path.Contains("step-00000012", StringComparison.Ordinal)));

    private string Photos(int steps, bool withCorrupt = false)
    {
        _ = Pictures.Write(_console, withCorrupt);
        return _console.Write("photos.yaml", $$"""
            name: tiny-photos
            data: { folder: photos, labels: subfolders, size: 16 }
            batch: 8
            latent: { size: 8 }
            generator: { network: mlp, width: 16 }
            discriminator: { network: mlp, width: 16 }
            topology: { round-steps: 3 }
            snapshots: { every-steps: 6 }
            samples: { every-steps: 6, rows: 2, columns: 2 }
            evaluation: false
            budget: { steps: {{steps}} }
            threads: 1
            precision: float32
            """);
    }
}
