using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>A job that is paused, asked for snapshots, looked through and removed.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class JobCareTests : IDisposable
{
    private static readonly string[] Endless = ["--set", "budget.steps=100000000", "--set", "evaluation=false", "--set", "samples.every-steps=1000", "--set", "snapshots.every-steps=100000000"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AJob_SnapshotPauseSiloRestartResumeArtifactsDelete_DoesWhatIsAsked()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        var worker = await cluster.StartWorkerAsync();
        await cluster.MustAsync(["submit", TinyRecipes.Ring(_folder), "--detach", "--job", "mine", .. Endless]);
        using var waiting = cluster.Start("wait", "mine");
        await waiting.UntilAsync("samples: ");

        Assert.StartsWith("mine takes a snapshot", await cluster.MustAsync("snapshot", "mine"), StringComparison.Ordinal);
        await waiting.UntilAsync("snapshot: ");
        var early = await cluster.RunAsync("delete", "mine", "--yes");
        await cluster.MustAsync("pause", "mine");
        await waiting.UntilAsync("paused: ");
        var paused = JsonNode.Parse(await cluster.MustAsync("describe", "mine", "-o", "json"))!;

        worker.Signal(DistGanProcess.Terminate);
        await worker.EndAsync();
        cluster.Silo.Signal(DistGanProcess.Kill);
        await cluster.RestartSiloAsync();
        await cluster.StartWorkerAsync();
        var still = JsonNode.Parse(await cluster.MustAsync("describe", "mine", "-o", "json"))!;
        await cluster.MustAsync("resume", "mine");
        await waiting.UntilAsync("resumed: ");
        await cluster.MustAsync("stop", "mine");
        var end = await waiting.EndAsync();

        Assert.True(early.ExitCode == 5, early.ToString());
        Assert.Equal(("paused", "paused"), ((string?)paused["state"], (string?)still["state"]));
        Assert.Equal((long)paused["steps"]!, Assert.Single(RunEvents.ResumedFrom(cluster.JobFolder("mine"))));
        Assert.True(end.ExitCode == 130, end.ToString());
        await LookThroughAsync(cluster);
    }

    private async Task LookThroughAsync(ClusterProcesses cluster)
    {
        var copied = JsonNode.Parse(await cluster.MustAsync("artifacts", "mine", "--out", _folder["copy"], "-o", "json"))!;
        var missing = await cluster.RunAsync("artifacts", "mine", "--prefix", "nothing/");
        var picture = JsonNode.Parse(await cluster.MustAsync("samples", "mine", "--at", "1000", "--out", _folder["clothes.png"], "-o", "json"))!;

        foreach (var name in copied["files"]!.AsArray().Select(static file => (string)file!["name"]!))
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(cluster.JobFolder("mine"), name)), File.ReadAllBytes(_folder[$"copy/{name}"]));
        }

        Assert.Equal(Directory.GetFiles(cluster.JobFolder("mine"), "*", SearchOption.AllDirectories).Count(static file => !Path.GetFileName(file).StartsWith('.')), copied["files"]!.AsArray().Count);
        Assert.True(missing.ExitCode == 4, missing.ToString());
        Assert.Equal((1000L, true), ((long)picture["step"]!, File.ReadAllBytes(_folder["clothes.png"]).AsSpan().SequenceEqual(File.ReadAllBytes(_folder["copy/samples/step-00001000.png"]))));

        var unasked = await cluster.RunAsync("delete", "mine");
        Assert.Equal("removed mine\n", await cluster.MustAsync("delete", "mine", "--yes"));
        Assert.True(unasked.ExitCode == 5, unasked.ToString());
        Assert.Empty(JsonNode.Parse(await cluster.MustAsync("list", "-o", "json"))!["jobs"]!.AsArray());
        Assert.False(Directory.Exists(cluster.JobFolder("mine")) && Directory.GetFiles(cluster.JobFolder("mine"), "*.jsonl", SearchOption.AllDirectories).Length > 0, "Files are left.");
        var gone = await cluster.RunAsync("describe", "mine");
        Assert.True(gone.ExitCode == 4, gone.ToString());
    }
}
