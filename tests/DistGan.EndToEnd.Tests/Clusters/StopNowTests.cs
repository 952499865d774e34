using System.Globalization;
using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>Jobs that are ended at once.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class StopNowTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StopNow_OfAWorkerThatIsFrozen_EndsTheJobWhichGoesOnFromItsSnapshot()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        var worker = await cluster.StartWorkerAsync();
        await cluster.MustAsync(
            "submit", "--detach", TinyRecipes.Ring(_folder, "budget: { steps: 100000000 }"), "--job", "mine", "--set", "evaluation=false", "--set", "samples.every-steps=100000000", "--set", "snapshots.every-steps=1000");
        using var waiting = cluster.Start("wait", "mine");
        await waiting.UntilAsync("Snapshot of step 1000.");

        worker.Signal(DistGanProcess.Freeze);
        var stopped = JsonNode.Parse(await cluster.MustAsync("stop", "mine", "--now", "-o", "json"))!;
        var waited = await waiting.EndAsync();
        worker.Signal(DistGanProcess.Continue);
        await worker.UntilAsync("Replica mine/0 (epoch 1) was ended at once");

        Assert.Equal(("distgan.job/1", "interrupted", true), ((string?)stopped["schema"], (string?)stopped["state"], (bool)stopped["can_resume"]!));
        Assert.InRange((long)stopped["steps_lost"]!, 0, (long)stopped["steps"]!);
        Assert.True(waited.ExitCode == 130, waited.ToString());
        Assert.Contains("stopping: The job is ended at once: no snapshot is taken", waited.Error, StringComparison.Ordinal);

        Assert.StartsWith("mine goes on from its newest snapshots\n", await cluster.MustAsync("resume", "mine"), StringComparison.Ordinal);
        using var again = cluster.Start("logs", "mine", "-f");
        await again.UntilAsync("resumed: r0 ");
        var said = await cluster.MustAsync("stop", "mine", "--now");
        await again.EndAsync();

        Assert.Matches(@"^mine has ended \(interrupted at step \d+\)(; \d+ steps? after its newest snapshot (is|are) lost, or a few more than it had reported)?\nnext:\n  .* resume mine ", said);
        var goneOn = Assert.Single(RunEvents.ResumedFrom(cluster.JobFolder("mine")));
        Assert.Equal(0, goneOn % 1000);
        RunChecks.AssertWhole(cluster.JobFolder("mine"));
        Assert.All(Committed("*-e1"), step => Assert.True(step <= goneOn, string.Create(CultureInfo.InvariantCulture, $"Epoch 1 has committed step {step} after it was ended; the job went on from step {goneOn}.")));

        IEnumerable<long> Committed(string pattern) => Directory.GetDirectories(Path.Combine(cluster.JobFolder("mine"), "snapshots/r0"), pattern)
            .Where(static snapshot => File.Exists(Path.Combine(snapshot, "manifest.json")))
            .Select(static snapshot => long.Parse(Path.GetFileName(snapshot)[5..13], CultureInfo.InvariantCulture));
    }
}
