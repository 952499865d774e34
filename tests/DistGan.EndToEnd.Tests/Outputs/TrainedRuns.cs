using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;

namespace DistGan.EndToEnd.Tests.Outputs;

/// <summary>A run of images and one of points, trained once for all tests of a class.</summary>
public sealed class TrainedRuns : IAsyncLifetime
{
    public const string Fashion = "runs/tiny-fashion";
    public const string Ring = "runs/tiny-ring";

    private readonly TempFolder _folder = new();

    /// <summary>The folder in which both were started.</summary>
    public TempFolder Folder => _folder;

    public async ValueTask InitializeAsync()
    {
        foreach (var recipe in new[] { TinyRecipes.Fashion(_folder), TinyRecipes.Ring(_folder) })
        {
            var end = await RunAsync("train", recipe, "--quiet", "--tensorboard");
            Assert.True(end.ExitCode == 0, end.ToString());
        }
    }

    public Task<ProcessEnd> RunAsync(params string[] arguments) => DistGanProcess.RunAsync(_folder.Path, arguments);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
