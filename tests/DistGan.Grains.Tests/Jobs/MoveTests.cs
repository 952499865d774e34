using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>Replicas that a stopping worker gives back.</summary>
public sealed class MoveTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _plane = await ControlPlane.StartAsync(_folder);
        await _plane.RegisterAsync(_plane.Silos[0], 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Ended_HandedOver_GoesOnUnderANewEpochOnceASlotIsFree()
    {
        var first = await _plane.StartJobAsync(new Recipe());
        await _plane.RegisterAsync(_plane.Silos[0]);

        await _plane.EndAsync(first, ReplicaOutcome.HandedOver, 20);
        Assert.Equal(JobState.Running, (await DescribeAsync()).State);
        Assert.False(_plane.Book.TryTake(out _));
        await _plane.RegisterAsync(_plane.Silos[0], 1);
        var second = await _plane.Book.TakeAsync(ControlPlane.Deadline);

        Assert.Equal((2L, true, first.Start + 1), (second.Epoch, second.Resume, second.Start));
        Assert.True((await _plane.ReportAsync(first, 30)).Superseded);
        await _plane.EndAsync(second, ReplicaOutcome.Completed, 60);
        Assert.Equal(JobState.Completed, (await DescribeAsync()).State);
        Assert.Contains($"\"kind\":\"{EventKinds.HandedOver}\"", await _plane.ReadAsync("events.jsonl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_WhileAReplicaWaitsForASlot_EndsTheJobAtItsSnapshot()
    {
        var first = await _plane.StartJobAsync(new Recipe());
        await _plane.RegisterAsync(_plane.Silos[0]);
        await _plane.EndAsync(first, ReplicaOutcome.HandedOver, 20);

        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None);
        var (state, cursor) = (JobState.Running, default(JobCursor));
        while (state is not JobState.Interrupted)
        {
            var progress = await _plane.Jobs.WatchAsync(ControlPlane.Job, cursor, CancellationToken.None).WaitAsync(ControlPlane.Deadline);
            (state, cursor) = (progress.State, progress.Cursor);
        }

        Assert.Equal(20, (await DescribeAsync()).Steps);
    }

    private Task<JobSummary> DescribeAsync() => _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);
}
