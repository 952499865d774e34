using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>Commands on runs take the names of jobs: what they need is copied to this machine.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class RunOrJobTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CommandsOnRuns_OnAJob_DoWhatTheyDoInItsRunFolder()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        await cluster.StartWorkerAsync();
        var recipe = TinyRecipes.Fashion(_folder);
        await cluster.MustAsync("submit", recipe, "--job", "clothes", "--quiet");
        var run = cluster.JobFolder("clothes");

        await cluster.MustAsync("generate", "clothes", "--out", "job.png");
        await HereAsync("generate", run, "--out", "run.png");
        Assert.Equal(File.ReadAllBytes(_folder["run.png"]), File.ReadAllBytes(_folder["job.png"]));
        await cluster.MustAsync("export", "clothes", "--format", "safetensors", "--out", "job.safetensors");
        await HereAsync("export", run, "--format", "safetensors", "--out", "run.safetensors");
        Assert.Equal(File.ReadAllBytes(_folder["run.safetensors"]), File.ReadAllBytes(_folder["job.safetensors"]));
        await cluster.MustAsync("interpolate", "clothes", "--seeds", "1,2", "--frames", "3", "--out", "walk.gif");
        await cluster.MustAsync("film", "clothes");
        await cluster.MustAsync("report", "clothes");
        Assert.All((string[])["walk.gif", "clothes.gif", "clothes.html"], name => Assert.True(File.Exists(_folder[name]), name));
        Assert.Contains("done", File.ReadAllText(_folder["clothes.html"]), StringComparison.Ordinal);

        var scores = JsonNode.Parse(await cluster.MustAsync("evaluate", "clothes", "--metrics", "fid", "--samples", "64", "--draws", "1", "-o", "json"))!;
        Assert.Equal(60, (int?)scores["step"]);
        Assert.False(File.Exists(Path.Combine(run, "evaluation.jsonl")), "The scores of a job were written to its run.");

        await cluster.MustAsync("resume", "clothes", "--steps", "80");
        await cluster.MustAsync("wait", "clothes");
        Assert.Contains("80", await cluster.MustAsync("generate", "clothes", "--out", "later.png"), StringComparison.Ordinal);

        await NamedAgainAsync(cluster, recipe);
    }

    [Fact]
    public async Task CommandsOnRuns_OnWhatIsNoJobAndNoFolder_SaySo()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);

        var noJob = await cluster.RunAsync("generate", "nothing", "--out", "x.png");
        var noFolder = await cluster.RunAsync("generate", "runs/nothing", "--out", "x.png");

        Assert.Equal((4, 4), (noJob.ExitCode, noFolder.ExitCode));
        Assert.Contains("There is no job 'nothing'", noJob.Error, StringComparison.Ordinal);
        Assert.Contains("There is no run folder 'runs/nothing'", noFolder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Wanted_OfManySnapshots_IsTheNewestOfEachReplicaAndItsManifestLast()
    {
        string[] names =
        [
            "champions/r0/champions.json", "events.jsonl", "recipe.yaml", "samples/step-00000020.png",
            "snapshots/r0/step-00000020-e1/manifest.json", "snapshots/r0/step-00000020-e1/state.json",
            "snapshots/r0/step-00000040-e1/manifest.json", "snapshots/r0/step-00000040-e1/state.json",
            "snapshots/r0/step-00000060-e1/state.json",
            "snapshots/r1/step-00000020-e3/manifest.json", "snapshots/r1/step-00000020-e3/state.json",
        ];

        Assert.Equal(["events.jsonl", "recipe.yaml"], JobCopy.Wanted(names, JobParts.None));
        Assert.Equal(
            ["events.jsonl", "recipe.yaml", "snapshots/r0/step-00000040-e1/state.json", "snapshots/r1/step-00000020-e3/state.json", "snapshots/r0/step-00000040-e1/manifest.json", "snapshots/r1/step-00000020-e3/manifest.json"],
            JobCopy.Wanted(names, JobParts.Snapshots));
        Assert.Equal(["champions/r0/champions.json", "events.jsonl", "recipe.yaml", "samples/step-00000020.png"], JobCopy.Wanted(names, JobParts.Samples | JobParts.Champions));
    }

    /// <summary>Another job of the name of one that was deleted: its snapshot has the same place, and nothing of the old copy is taken for it.</summary>
    private async Task NamedAgainAsync(ClusterProcesses cluster, string recipe)
    {
        await cluster.MustAsync("delete", "clothes", "--yes");
        await cluster.MustAsync("submit", recipe, "--job", "clothes", "--seed", "9", "--quiet");
        await cluster.MustAsync("generate", "clothes", "--out", "other.png");
        await HereAsync("generate", cluster.JobFolder("clothes"), "--out", "run.png");
        Assert.Equal(File.ReadAllBytes(_folder["run.png"]), File.ReadAllBytes(_folder["other.png"]));
        Assert.NotEqual(File.ReadAllBytes(_folder["later.png"]), File.ReadAllBytes(_folder["other.png"]));
    }

    private async Task HereAsync(params string[] arguments)
    {
        var end = await DistGanProcess.RunAsync(_folder.Path, arguments);
        Assert.True(end.ExitCode == 0, end.ToString());
    }
}
