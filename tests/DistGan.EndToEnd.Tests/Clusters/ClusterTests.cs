using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;

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

        Assert.StartsWith("submitted tiny-ring\n", await cluster.MustAsync("submit", recipe), StringComparison.Ordinal);
        await cluster.MustAsync("wait", "tiny-ring");
        Assert.StartsWith("submitted tiny-ring-2\n", await cluster.MustAsync("submit", recipe, "--replicas", "2"), StringComparison.Ordinal);
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
    public async Task Terminate_OfAWorkerThatTrains_MovesItsReplicaAndChangesNoWeight()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        var first = await cluster.StartWorkerAsync();
        var recipe = TinyRecipes.Ring(_folder, "budget: { steps: 3000 }");
        string[] changes = ["--set", "snapshots.every-steps=100", "--set", "evaluation=false", "--set", "samples.every-steps=3000"];
        await cluster.MustAsync(["submit", recipe, .. changes]);
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
}
