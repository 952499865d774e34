using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Clusters;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;

namespace DistGan.EndToEnd.Tests.Verbs;

/// <summary>Verbs about a job of a cluster, as a person and as a program call them, on one cluster of processes.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class ClusterVerbsTests : IDisposable
{
    private static readonly string[] Endless = ["--job", "mine", "--set", "budget.steps=100000000", "--set", "evaluation=false", "--set", "samples.every-steps=1000", "--set", "snapshots.every-steps=1000"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EveryVerb_OfOneJobInATerminalAndOfTheNextAsJson_EndsAsItShould()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        await cluster.StartWorkerAsync();

        await LookAndLeaveAsync(cluster);
        foreach (var verb in VerbTable.OnCluster)
        {
            using var process = cluster.StartInTerminal(verb.Words("terminal"));
            VerbChecks.AssertSaid(verb, "terminal", await process.EndAsync());
        }

        await DeleteAsync(cluster);
        var submitted = JsonNode.Parse(await cluster.MustAsync(["submit", "--detach", TinyRecipes.Ring(_folder), "-o", "json", .. Endless]))!;
        Assert.Equal("distgan.submit/1", (string?)submitted["schema"]);
        using var waiting = cluster.Start("wait", "mine");
        await waiting.UntilAsync("Snapshot of step 1000.");
        foreach (var verb in VerbTable.OnCluster)
        {
            VerbChecks.AssertDocument(verb, await cluster.RunAsync([.. verb.Words("json"), "-o", "json"]));
        }

        Assert.Equal("distgan.delete/1", (string?)JsonNode.Parse(await cluster.MustAsync("delete", "mine", "--yes", "-o", "json"))!["schema"]);
    }

    /// <summary>Submits in a terminal, looks until there is a snapshot, and goes away.</summary>
    private async Task LookAndLeaveAsync(ClusterProcesses cluster)
    {
        using var submit = cluster.StartInTerminal(["submit", TinyRecipes.Ring(_folder), .. Endless]);
        await submit.UntilAsync("Snapshot of step ");
        await submit.TypeAsync("\u0003");
        var left = await submit.EndAsync();

        Assert.True(left.ExitCode == 130, left.ToString());
        Assert.Contains("mine goes on without this console; come back with:", left.Out, StringComparison.Ordinal);
    }

    private static async Task DeleteAsync(ClusterProcesses cluster)
    {
        using var delete = cluster.StartInTerminal("delete", "mine");
        await delete.UntilAsync("[y/N]");
        await delete.TypeAsync("y\n");
        var end = await delete.EndAsync();

        Assert.True(end.ExitCode == 0 && end.Out.Contains("removed mine", StringComparison.Ordinal), end.ToString());
    }
}
