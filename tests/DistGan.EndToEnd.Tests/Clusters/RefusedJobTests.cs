using System.Diagnostics;
using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>A job that its worker cannot train, and one of its name that is scaled down and up again.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class RefusedJobTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Submit_DataThatNoWorkerHas_LeavesNothingAndTheNameIsFree()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        await cluster.StartWorkerAsync();
        await cluster.StartWorkerAsync();

        var refused = await cluster.RunAsync("submit", "--detach", "--job", "mine", "--set", "data.folder=/nowhere/photos", "--set", "data.shared=true", "--set", "topology.replicas=2", "--set", "evaluation=false");
        var list = await cluster.MustAsync("list", "-o", "json");
        var others = await Task.WhenAll(new string[][] { ["describe", "mine"], ["stop", "mine"], ["stop", "mine", "--now"], ["delete", "mine", "--yes"] }.Select(cluster.RunAsync));

        Assert.True(refused.ExitCode == 5, refused.ToString());
        Assert.Contains("/nowhere/photos", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("mine", list, StringComparison.Ordinal);
        Assert.All(others, static other => Assert.True(other.ExitCode == 4, other.ToString()));
        Assert.False(Directory.Exists(cluster.JobFolder("mine")) && Directory.EnumerateFiles(cluster.JobFolder("mine"), "*", SearchOption.AllDirectories).Any(), "Files are left.");
        await ScaleDownAndUpAsync(cluster);
    }

    private async Task ScaleDownAndUpAsync(ClusterProcesses cluster)
    {
        await cluster.MustAsync("submit", "--detach", TinyRecipes.Ring(_folder, "budget: { steps: 100000000 }"), "--job", "mine", "--set", "topology.replicas=2", "--set", "evaluation=false", "--set", "samples.every-steps=100000000");
        using var waiting = cluster.Start("wait", "mine");
        await waiting.UntilAsync("started: r1 ");
        await cluster.MustAsync("scale", "mine", "--replicas", "1");
        await waiting.UntilAsync("replica-ended: r1 ");
        var ended = await StepAsync();
        await cluster.MustAsync("scale", "mine", "--replicas", "2");
        await waiting.UntilAsync("resumed: r1 ");
        var start = Stopwatch.GetTimestamp();
        while (await StepAsync() < ended + 500)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "The replica that came back does not train.");
        }

        await cluster.MustAsync("stop", "mine");
        await waiting.EndAsync();
        Assert.Equal(["interrupted", "interrupted"], (await DescribeAsync())["replicas"]!.AsArray().Select(static replica => (string?)replica!["outcome"]));

        async Task<long> StepAsync() => (long)(await DescribeAsync())["replicas"]![1]!["steps"]!;

        async Task<JsonNode> DescribeAsync() => JsonNode.Parse(await cluster.MustAsync("describe", "mine", "-o", "json"))!;
    }
}
