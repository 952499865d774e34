using System.Text;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

public sealed class CoordinatorRestartTests : IDisposable
{
    private static readonly Recipe Recipe = new() { Threads = 1 };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Resume_AfterTheProcessDied_GoesOnUnderANewEpochWithContiguousEvents()
    {
        await using (var first = await StartAsync())
        {
            var dead = await first.StartJobAsync(Recipe);
            await first.ReportAsync(dead, 50);
            await first.SnapshotAsync(50, dead.Epoch);
            await first.Store.AppendAsync(RunFiles.Events, Encoding.UTF8.GetBytes("{\"schema\":\"distgan.ev"), CancellationToken.None);
        }

        await using var second = await StartAsync();
        second.Book.Answer = static _ => Task.FromResult(new StartResult { Started = true, Step = 50 });
        var resumed = await second.StartJobAsync(Recipe, resume: true);

        Assert.Equal(2, resumed.Epoch);
        var progress = await second.Jobs.WatchAsync(ControlPlane.Job, new JobCursor(2, 99), CancellationToken.None).WaitAsync(ControlPlane.Deadline);
        var entry = Assert.Single(progress.Events);
        Assert.Equal((3, EventKinds.Resumed, 50.0), (entry.Sequence, entry.Kind, entry.Data["step"]));
        Assert.Equal(3, (await second.ReadAsync(RunFiles.Events))!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Resume_GrainStateIsGone_TakesRecipeAndEpochFromTheRunFolder()
    {
        await using (var first = await StartAsync())
        {
            await first.StartJobAsync(Recipe);
            await first.SnapshotAsync(50, 7);
        }

        Directory.Delete(Path.Combine(_folder, "grainstate"), recursive: true);
        await using var second = await StartAsync();
        Assert.Contains("batch", (await second.SubmitAsync(Recipe with { Batch = 8 }, resume: true)).Refusal);
        var resumed = await second.StartJobAsync(Recipe, resume: true);

        Assert.Equal(8, resumed.Epoch);
    }

    [Fact]
    public async Task Submit_CoordinatorMovedWhileTheTrainerRuns_ChangesNothing()
    {
        await using var plane = await StartAsync();
        var assignment = await plane.StartJobAsync(Recipe);
        await plane.Coordinator.Cast<Orleans.Core.Internal.IGrainManagementExtension>().DeactivateOnIdle();

        var again = await plane.SubmitAsync(Recipe);

        Assert.True(again.Accepted, again.Refusal);
        Assert.False(plane.Book.TryTake(out _));
        Assert.False((await plane.ReportAsync(assignment, 60)).Superseded);
    }

    [Fact]
    public async Task Submit_SlotOnAnotherSilo_StartsTheTrainerThere()
    {
        await using var plane = await ControlPlane.StartAsync(_folder, silos: 3);
        foreach (var (silo, index) in plane.Silos.Select((silo, index) => (silo, index)))
        {
            await plane.RegisterAsync(silo, index + 1);
        }

        foreach (var threads in new[] { 3, 2, 1 })
        {
            var name = $"job-{threads}";
            var result = await plane.SubmitAsync(Recipe with { Name = name, Threads = threads }, job: name);
            Assert.True(result.Accepted, result.Refusal);
        }

        Assert.Equal(
            [("job-1/0", plane.Silos[0]), ("job-2/0", plane.Silos[1]), ("job-3/0", plane.Silos[2])],
            plane.Book.Places.OrderBy(place => place.Trainer));
    }

    private async Task<ControlPlane> StartAsync()
    {
        var plane = await ControlPlane.StartAsync(_folder);
        await plane.RegisterAsync(plane.Silos[0], 1);
        return plane;
    }
}
