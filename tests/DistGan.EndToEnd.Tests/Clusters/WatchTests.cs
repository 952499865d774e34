using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;
using DistGan.Hosting.Clustering;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>Consoles that look at a job of a cluster, go away and come back.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class WatchTests : IDisposable
{
    private static readonly string[] Endless = ["--set", "budget.steps=100000000", "--set", "evaluation=false", "--set", "samples.every-steps=100000000", "--set", "snapshots.every-steps=1000"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Watch_PipedAndInATerminal_ShowsTheJobToItsEnd()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        await cluster.MustAsync("submit", "--detach", TinyRecipes.Fashion(_folder), "--job", "seen");
        using var piped = cluster.Start("watch", "seen");
        using var terminal = cluster.StartInTerminal("watch", "seen");
        await piped.UntilAsync("waiting: ");
        await cluster.StartWorkerAsync();
        var (lines, shown) = (await piped.EndAsync(), await terminal.EndAsync());

        Assert.True(lines.ExitCode == 0, lines.ToString());
        Assert.All(Lines(lines.Out), static line => Assert.StartsWith("step ", line, StringComparison.Ordinal));
        Assert.Contains("step 60/60  d_loss ", lines.Out, StringComparison.Ordinal);
        Assert.Equal(Events("seen", cluster), Lines(lines.Error).Where(Events("seen", cluster).Contains));
        Assert.DoesNotContain('\e', lines.Out + lines.Error);
        Assert.True(shown.ExitCode == 0, shown.ToString());
        Assert.All(["━", "▀", "38;2;", "step 60/60", "loss D", "loss G", "⠀", "completed"], text => Assert.Contains(text, shown.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_SiloKilledAndStartedAgain_StreamsOnToTheEnd()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        using var submit = cluster.Start("submit", TinyRecipes.Ring(_folder), "--job", "mine");
        await submit.UntilAsync("waiting: ");

        cluster.Silo.Signal(DistGanProcess.Kill);
        await submit.UntilAsync("the cluster does not answer");
        await cluster.RestartSiloAsync();
        await submit.UntilAsync("the cluster answers again");
        await cluster.StartWorkerAsync();
        var end = await submit.EndAsync();

        Assert.True(end.ExitCode == 0, end.ToString());
        var events = Events("mine", cluster);
        Assert.Equal(events, Lines(end.Error).Where(events.Contains));
        Assert.Contains(" samples mine ", end.Error, StringComparison.Ordinal);
    }

    /// <summary>The silo lives and the job goes on; only the way there is cut, in both directions.</summary>
    [Fact]
    public async Task Watch_ConnectionCutAndMended_SaysSoAndShowsEachEventOnce()
    {
        using var way = new CuttableProxy();
        var port = LoopbackPorts.Free();
        using var cluster = await ClusterProcesses.StartAsync(_folder, way, $"DistGan:Web:Port={port}");
        way.Mend();
        await cluster.StartWorkerAsync();
        await cluster.MustAsync(["submit", "--detach", TinyRecipes.Ring(_folder), "--job", "mine", .. Endless]);
        using var watch = cluster.Start("watch", "mine");
        await watch.UntilAsync("Snapshot of step 1000.");

        way.Cut();
        await PauseAndResumeAsync(new($"http://127.0.0.1:{port}/api/v1/jobs/mine/"));
        await watch.UntilAsync("the cluster does not answer");
        Assert.DoesNotContain("paused: ", watch.Error, StringComparison.Ordinal);
        way.Mend();
        await watch.UntilAsync("the cluster answers again");
        await cluster.MustAsync("stop", "mine", "--now");
        var end = await watch.EndAsync();

        Assert.True(end.ExitCode == 130, end.ToString());
        var events = Events("mine", cluster);
        Assert.Equal(events, Lines(end.Error).Where(events.Contains));
        Assert.All(["paused: ", "resumed: "], kind => Assert.Contains(events, line => line.StartsWith(kind, StringComparison.Ordinal)));
        Assert.Single(Lines(end.Error), static line => line.StartsWith("the cluster does not answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_CtrlC_LeavesTheJobAndASecondSubmitFindsIt()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        await cluster.StartWorkerAsync();
        var recipe = TinyRecipes.Ring(_folder);
        using var submit = cluster.Start(["submit", recipe, "--job", "mine", .. Endless]);
        await submit.UntilAsync("Snapshot of step 1000.");
        submit.Signal(DistGanProcess.Interrupt);
        var left = await submit.EndAsync();

        var again = await cluster.MustAsync(["submit", "--detach", recipe, "--job", "mine", "-o", "json", .. Endless]);
        var completed = await DistGanProcess.RunAsync(_folder.Path, "complete", $"distgan watch --cluster {cluster.Name} m");
        var other = await cluster.RunAsync(["submit", "--detach", recipe, "--job", "mine", "--seed", "9", .. Endless]);
        using var follow = cluster.Start("logs", "mine", "-f", "--replica", "0");
        await follow.UntilAsync("started: r0 ");
        await cluster.MustAsync("stop", "mine");
        var logs = await follow.EndAsync();
        var nobody = await cluster.RunAsync("logs", "mine", "--replica", "7");
        Assert.Equal((2, true), (nobody.ExitCode, nobody.Error.Contains("--replica 7: the job 'mine' has no such replica; it has 0.", StringComparison.Ordinal)));
        var all = Lines(await cluster.MustAsync("logs", "mine", "-o", "json")).Select(static line => JsonNode.Parse(line)!).ToList();

        Assert.True(left.ExitCode == 130, left.ToString());
        Assert.Contains("mine goes on without this console; come back with:", left.Error, StringComparison.Ordinal);
        Assert.Contains(" watch mine --cluster localhost:", left.Error, StringComparison.Ordinal);
        Assert.Equal(("mine", true), ((string?)JsonNode.Parse(again)!["job"], (bool)JsonNode.Parse(again)!["existing"]!));
        Assert.Equal("mine\n", completed.Out);
        Assert.True(other.ExitCode == 5, other.ToString());
        Assert.True(logs.ExitCode == 0, logs.ToString());
        Assert.All(Lines(logs.Out), static line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [a-z-]+: r0 ", line));
        Assert.Equal(Enumerable.Range(1, all.Count).Select(static number => (long)number), all.Select(static entry => (long)entry["sequence"]!));
        Assert.Equal(("distgan.event/1", "submitted", "interrupted"), ((string?)all[0]["schema"], (string?)all[0]["kind"], (string?)all[^1]["kind"]));
    }

    /// <summary>Makes events by another way to the cluster. The event of a pause is stored before the job is paused, so its state is waited for.</summary>
    private static async Task PauseAndResumeAsync(Uri job)
    {
        using var web = new HttpClient { BaseAddress = job };
        using var stream = new StreamReader(await web.GetStreamAsync(new Uri("stream", UriKind.Relative)));
        (await web.PostAsync(new Uri("pause", UriKind.Relative), null)).EnsureSuccessStatusCode();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (await stream.ReadLineAsync(limit.Token) is { } line && !line.Contains("\"state\":\"paused\"", StringComparison.Ordinal))
        {
        }

        (await web.PostAsync(new Uri("resume", UriKind.Relative), null)).EnsureSuccessStatusCode();
    }

    private static IReadOnlyList<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The events of a job of one replica as lines, in their order.</summary>
    private static List<string> Events(string job, ClusterProcesses cluster)
        => [.. RunEvents.Read(cluster.JobFolder(job)).Select(entry => $"{(string?)entry["kind"]}: {(string?)entry["message"]}")];
}
