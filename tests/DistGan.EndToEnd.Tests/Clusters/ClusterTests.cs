using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;
using DistGan.TestSupport;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>Separate processes: silo, workers, consoles. They would starve other tests, and other tests them.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class ClusterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Submit_ToASiloWithTwoWorkers_TrainsToTheEndAndLikeTrain()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        await cluster.StartWorkerAsync();
        await cluster.StartWorkerAsync();
        var recipe = TinyRecipes.Ring(_folder);

        Assert.StartsWith("submitted tiny-ring\n", await cluster.MustAsync("submit", "--detach", recipe), StringComparison.Ordinal);
        await cluster.MustAsync("wait", "tiny-ring");
        Assert.StartsWith("submitted tiny-ring-2\n", await cluster.MustAsync("submit", "--detach", recipe, "--replicas", "2"), StringComparison.Ordinal);
        var pair = JsonNode.Parse(await cluster.MustAsync("wait", "tiny-ring-2", "-o", "json"))!;
        var list = JsonNode.Parse(await cluster.MustAsync("list", "-o", "json"))!["jobs"]!.AsArray();
        var unknown = await cluster.RunAsync("describe", "no-such-job");
        var alone = await DistGanProcess.RunAsync(_folder.Path, "train", recipe, "--run-dir", "run");

        Assert.Equal(("completed", 60L, 2), ((string?)pair["state"], (long)pair["steps"]!, pair["replicas"]!.AsArray().Count));
        Assert.Equal(["tiny-ring", "tiny-ring-2"], list.Select(static job => (string)job!["job"]!));
        Assert.True(unknown.ExitCode == 4, unknown.ToString());
        Assert.True(alone.ExitCode == 0, alone.ToString());
        SnapshotBytes.AssertSame(_folder["run"], cluster.JobFolder("tiny-ring"));
    }

    [Fact]
    public async Task Submit_ObjectsInAzuriteAndStateInRedis_TrainsLikeInFolders()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var azurite = await AzuriteServer.StartAsync();
        using var cluster = ClusterProcesses.OnRedisAndAzurite(_folder, redis, azurite);
        await cluster.StartSiloAsync();
        await cluster.StartWorkerAsync();
        var recipe = TinyRecipes.Ring(_folder);

        await cluster.MustAsync("submit", "--detach", recipe);
        var ended = JsonNode.Parse(await cluster.MustAsync("wait", "tiny-ring", "-o", "json"))!;
        var alone = await DistGanProcess.RunAsync(_folder.Path, "train", recipe, "--run-dir", "run");

        Assert.Equal(("completed", 60L), ((string?)ended["state"], (long)ended["steps"]!));
        Assert.True(alone.ExitCode == 0, alone.ToString());
        Assert.False(Directory.Exists(_folder["store"]));
        var blobs = new BlobContainerClient(azurite.ConnectionString, "distgan");
        foreach (var file in Directory.GetFiles(_folder["run/snapshots/r0/step-00000060-e1"], "*.safetensors"))
        {
            var blob = await blobs.GetBlobClient($"jobs/tiny-ring/snapshots/r0/step-00000060-e1/{Path.GetFileName(file)}").DownloadContentAsync();
            Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(blob.Value.Content.ToMemory().Span), $"{file} is not what the cluster has stored.");
        }
    }

    [Fact]
    public async Task Terminate_OfAWorkerThatTrains_MovesItsReplicaAndChangesNoWeight()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        var first = await cluster.StartWorkerAsync();
        var recipe = TinyRecipes.Ring(_folder, "budget: { steps: 3000 }");
        string[] changes = ["--set", "snapshots.every-steps=100", "--set", "evaluation=false", "--set", "samples.every-steps=3000"];
        await cluster.MustAsync(["submit", "--detach", recipe, .. changes]);
        using var waiting = cluster.Start("wait", "tiny-ring");
        await waiting.UntilAsync("Snapshot of step 100.", 240);

        first.Signal(DistGanProcess.Terminate);
        var end = await first.EndAsync();
        var second = await cluster.StartWorkerAsync();
        var waited = await waiting.EndAsync();
        var alone = await DistGanProcess.RunAsync(_folder.Path, ["train", recipe, .. changes, "--run-dir", "run"]);

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("All slots are handed over", end.Error, StringComparison.Ordinal);
        Assert.True(waited.ExitCode == 0, waited.ToString());
        Assert.Contains("handed-back: r0 ", waited.Error, StringComparison.Ordinal);
        Assert.Contains("Replica tiny-ring/0 (epoch ", second.Error, StringComparison.Ordinal);
        Assert.InRange(Assert.Single(RunEvents.ResumedFrom(cluster.JobFolder("tiny-ring"))), 100, 2999);
        Assert.True(alone.ExitCode == 0, alone.ToString());
        SnapshotBytes.AssertSame(_folder["run"], cluster.JobFolder("tiny-ring"));
    }

    [Fact]
    public async Task Kill_OfAWorkerThatTrains_MovesItsReplicaAndChangesNoWeight()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        DistGanProcess[] workers = [await cluster.StartWorkerAsync(), await cluster.StartWorkerAsync()];
        var recipe = TinyRecipes.Ring(_folder, "budget: { steps: 3000 }");
        string[] changes = ["--set", "snapshots.every-steps=100", "--set", "evaluation=false", "--set", "samples.every-steps=3000"];
        await cluster.MustAsync(["submit", "--detach", recipe, .. changes]);
        using var waiting = cluster.Start("wait", "tiny-ring");
        await waiting.UntilAsync("Snapshot of step 100.", 240);

        var owner = Assert.Single(workers, static worker => worker.Error.Contains(" trains on slot 0", StringComparison.Ordinal));
        owner.Signal(DistGanProcess.Kill);
        var waited = await waiting.EndAsync();
        var alone = await DistGanProcess.RunAsync(_folder.Path, ["train", recipe, .. changes, "--run-dir", "run"]);

        Assert.True(waited.ExitCode == 0, waited.ToString());
        Assert.Contains("replica-lost: r0 ", waited.Error, StringComparison.Ordinal);
        Assert.InRange(Assert.Single(RunEvents.ResumedFrom(cluster.JobFolder("tiny-ring"))), 100, 2999);
        Assert.True(alone.ExitCode == 0, alone.ToString());
        SnapshotBytes.AssertSame(_folder["run"], cluster.JobFolder("tiny-ring"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Kill_OfAWorkerOfManyDiscriminators_TheOtherWaitsOrTrainsOnAndBothMeetAgain(int replica)
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        DistGanProcess[] workers = [await cluster.StartWorkerAsync(), await cluster.StartWorkerAsync(), await cluster.StartWorkerAsync()];
        var recipe = TinyRecipes.Ring(_folder, "budget: { steps: 1000000 }");
        await cluster.MustAsync(
            "submit", "--detach", recipe, "--replicas", "2", "--set", "topology.kind=multi-discriminator", "--set", "topology.deadline-seconds=5", "--set", "evaluation=false", "--set", "samples.every-steps=1000000");
        using var waiting = cluster.Start("wait", "tiny-ring");
        await waiting.UntilAsync($"snapshot: r{replica} ", 240);

        var owner = Assert.Single(workers, worker => worker.Error.Contains($"Replica tiny-ring/{replica} (epoch ", StringComparison.Ordinal));
        owner.Signal(DistGanProcess.Kill);
        await waiting.UntilAsync($"replica-lost: r{replica} ", 240);
        await waiting.UntilAsync($"resumed: r{replica} ", 240);
        var resumed = RunEvents.ResumedFrom(cluster.JobFolder("tiny-ring")).Single();
        await waiting.UntilAsync($"snapshot: r{replica} Snapshot of step {((resumed / 20) + 3) * 20}.", 240);
        await cluster.MustAsync("stop", "tiny-ring");
        var end = await waiting.EndAsync();

        Assert.True(end.ExitCode == 130, end.ToString());
        Assert.DoesNotContain($"replica-lost: r{1 - replica} ", end.Error, StringComparison.Ordinal);
        var members = File.ReadLines(Path.Combine(cluster.JobFolder("tiny-ring"), "metrics", "r0.jsonl"))
            .Select(static line => (double?)JsonNode.Parse(line)!["feedback_members"]).OfType<double>().ToList();
        Assert.Contains(2.0, members.TakeLast(6));
        Assert.True(replica == 0 || members.Min() < 2, "The generator has waited for a discriminator that was gone.");
    }

    [Fact]
    public async Task Resume_WhereAnotherJobHasTheSlotOfBefore_TrainsOnAnotherWorker()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        await cluster.StartWorkerAsync();
        string[] endless = ["--detach", "--set", "evaluation=false", "--set", "samples.every-steps=1000000"];
        var recipe = TinyRecipes.Ring(_folder, "budget: { steps: 1000000 }");
        await cluster.MustAsync(["submit", recipe, .. endless]);
        using var waiting = cluster.Start("wait", "tiny-ring");
        await waiting.UntilAsync("started: r0 ");
        await cluster.MustAsync("stop", "tiny-ring");
        Assert.Equal(130, (await waiting.EndAsync()).ExitCode);

        await cluster.MustAsync(["submit", recipe, "--job", "other", .. endless]);
        await cluster.StartWorkerAsync();
        var goal = (long)JsonNode.Parse(await cluster.MustAsync("describe", "tiny-ring", "-o", "json"))!["steps"]! + 60;
        await cluster.MustAsync("resume", "tiny-ring", "--steps", $"{goal}");
        var done = JsonNode.Parse(await cluster.MustAsync("wait", "tiny-ring", "--timeout", "2m", "-o", "json"))!;

        Assert.Equal(("completed", goal), ((string?)done["state"], (long)done["steps"]!));
        Assert.Equal("running", (string?)JsonNode.Parse(await cluster.MustAsync("describe", "other", "-o", "json"))!["state"]);
    }

    [Fact]
    public async Task Scale_OfARunningJob_StartsAReplicaAndStopEndsBoth()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        await cluster.StartWorkerAsync();
        await cluster.MustAsync("submit", "--detach", TinyRecipes.Ring(_folder, "budget: { steps: 1000000 }"), "--set", "evaluation=false", "--set", "samples.every-steps=1000000", "--priority", "2", "--user", "ann");
        using var waiting = cluster.Start("wait", "tiny-ring");
        await waiting.UntilAsync("started: r0 ");

        Assert.Equal("tiny-ring is to have 2 replicas\n", await cluster.MustAsync("scale", "tiny-ring", "--replicas", "2", "--reason", "a second machine"));
        var refused = await cluster.RunAsync("scale", "tiny-ring", "--replicas", "0");
        var described = JsonNode.Parse(await cluster.MustAsync("describe", "tiny-ring", "-o", "json"))!;
        await cluster.StartWorkerAsync();
        await waiting.UntilAsync("started: r1 ");
        await cluster.MustAsync("stop", "tiny-ring");
        var end = await waiting.EndAsync();

        Assert.True(refused.ExitCode == 5, refused.ToString());
        Assert.Contains("cannot have 0 replicas", refused.Error, StringComparison.Ordinal);
        Assert.Equal([false, true], described["replicas"]!.AsArray().Select(static replica => (bool)replica!["waiting"]!));
        Assert.Contains("(a second machine)", end.Error, StringComparison.Ordinal);
        Assert.True(end.ExitCode == 130, end.ToString());
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(cluster.JobFolder("tiny-ring"), "snapshots")).Length);

        var goal = (long)JsonNode.Parse(await cluster.MustAsync("describe", "tiny-ring", "-o", "json"))!["steps"]! + 60;
        Assert.StartsWith("tiny-ring goes on from its newest snapshots\nnext:\n", await cluster.MustAsync("resume", "tiny-ring", "--steps", $"{goal}", "--set", "topology.replicas=1"), StringComparison.Ordinal);
        var done = JsonNode.Parse(await cluster.MustAsync("wait", "tiny-ring", "-o", "json"))!;
        var shown = JsonNode.Parse(await cluster.MustAsync("describe", "tiny-ring", "-o", "json"))!;

        var again = await cluster.RunAsync("resume", "tiny-ring");

        Assert.True(again.ExitCode == 5, again.ToString());
        Assert.Equal(("completed", goal), ((string?)done["state"], (long)done["steps"]!));
        Assert.Equal((goal, "completed"), ((long)shown["recipe"]!["budget"]!["steps"]!, (string?)shown["events"]!.AsArray()[^1]!["kind"]));
    }
}
