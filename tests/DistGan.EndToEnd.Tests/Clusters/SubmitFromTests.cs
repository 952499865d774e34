using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>Jobs that begin with the weights of others.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class SubmitFromTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Submit_FromAJob_TrainsAsFromItsRunFolderHereAndKeepsTheWeights()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        await cluster.StartWorkerAsync();
        await cluster.MustAsync("submit", TinyRecipes.Ring(_folder), "--job", "first", "--quiet");
        var here = await DistGanProcess.RunAsync(_folder.Path, "train", "--from", cluster.JobFolder("first"), "--run-dir", "here", "--steps", "20", "--quiet");
        Assert.True(here.ExitCode == 0, here.ToString());

        await cluster.MustAsync("submit", "--from", "first", "--job", "second", "--steps", "20", "--quiet");
        await cluster.MustAsync("submit", "--from", "here", "--job", "third", "--steps", "20", "--quiet");

        Assert.Equal(Weights("here"), Weights(cluster.JobFolder("second")));
        Assert.Equal(File.ReadAllBytes(_folder["here/start/weights.safetensors"]), File.ReadAllBytes(Path.Combine(cluster.JobFolder("second"), "start/weights.safetensors")));
        Assert.NotEqual(Weights("here"), Weights(cluster.JobFolder("third")));

        // The run folder has the weights itself: a copy of it can begin with them anywhere.
        await cluster.MustAsync("artifacts", "second", "--out", "copy");
        var again = await DistGanProcess.RunAsync(_folder.Path, "train", "copy/recipe.yaml", "--run-dir", "again", "--quiet");
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.Equal(Weights("here"), Weights("again"));

        Assert.Equal(2, Directory.GetDirectories(_folder["store/data"]).Length);
        await cluster.MustAsync("delete", "second", "--yes");
        await cluster.MustAsync("delete", "third", "--yes");
        Assert.False(Directory.Exists(_folder["store/data"]), "Weights stay that no job names.");
    }

    [Fact]
    public async Task Submit_FromWhatDoesNotFit_SaysSoBeforeTheClusterIsAsked()
    {
        var trained = await DistGanProcess.RunAsync(_folder.Path, "train", TinyRecipes.Ring(_folder), "--run-dir", "ring", "--steps", "10", "--quiet");
        Assert.True(trained.ExitCode == 0, trained.ToString());

        var misfit = await DistGanProcess.RunAsync(_folder.Path, "submit", "--preset", "ring", "--from", "ring", "--set", "generator.width=16", "--cluster", "localhost:1");
        var nothing = await DistGanProcess.RunAsync(_folder.Path, "submit", "--from", "runs/nothing", "--cluster", "localhost:1");
        var alone = await DistGanProcess.RunAsync(_folder.Path, "submit", "--preset", "ring", "--replica", "1", "--cluster", "localhost:1");

        Assert.Equal((2, 4, 2), (misfit.ExitCode, nothing.ExitCode, alone.ExitCode));
        Assert.Contains("do not fit the networks of the recipe", misfit.Error, StringComparison.Ordinal);
        Assert.Contains("There is no run folder 'runs/nothing'", nothing.Error, StringComparison.Ordinal);
        Assert.Contains("--replica 1: belongs to --from", alone.Error, StringComparison.Ordinal);
    }

    private byte[] Weights(string run) => File.ReadAllBytes(Path.Combine(_folder.Path, run, "snapshots/r0/step-00000020-e1/generator.safetensors"));
}
