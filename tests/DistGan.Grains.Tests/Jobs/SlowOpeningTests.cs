using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>Replicas whose workers still fetch or open their data when they answer.</summary>
public sealed class SlowOpeningTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _plane = await ControlPlane.StartAsync(_folder);
        await _plane.RegisterAsync(_plane.Silos[0], 1);
        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = true, Opening = true });
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Submit_DataAreBeingOpened_IsToldAndTheStartComesWithItsWord()
    {
        var assignment = await _plane.StartJobAsync(new Recipe { Threads = 1 });

        var opening = (await EventsAsync())[^1];
        Assert.Equal((EventKinds.Opening, $"Replica 0 opens its data on cpu of worker {_plane.Silos[0]}; it starts when they are there."), (opening.Kind, opening.Message));
        Assert.Equal(JobState.Running, (await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None)).State);
        await RecordAsync(assignment, EventKinds.Started, 0);
        Assert.Equal([EventKinds.Submitted, EventKinds.Opening, EventKinds.Started], (await EventsAsync()).Select(static entry => entry.Kind));
    }

    [Fact]
    public async Task Resume_DataAreBeingOpened_StandsAtTheStepThatItTells()
    {
        var first = await _plane.StartJobAsync(new Recipe { Threads = 1 });
        await _plane.EndAsync(first, ReplicaOutcome.Interrupted, 50);
        await _plane.SnapshotAsync(40, first.Epoch);

        var again = await _plane.StartJobAsync(new Recipe { Threads = 1 }, resume: true);

        Assert.Equal(50, (await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None)).Steps);
        await RecordAsync(again, EventKinds.Resumed, 40);
        Assert.Equal(40, (await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None)).Steps);
    }

    [Fact]
    public async Task Submit_ItTrainsBeforeItsAnswerArrives_NothingIsToldOfItsData()
    {
        _plane.Book.Answer = async assignment =>
        {
            await RecordAsync(assignment, EventKinds.Started, 0);
            return new StartResult { Started = true, Opening = true };
        };

        await _plane.StartJobAsync(new Recipe { Threads = 1 });

        Assert.Equal([EventKinds.Submitted, EventKinds.Started], (await EventsAsync()).Select(static entry => entry.Kind));
    }

    private async Task<IReadOnlyList<JobEvent>> EventsAsync() => (await _plane.Jobs.WatchAsync(ControlPlane.Job, default, CancellationToken.None).WaitAsync(ControlPlane.Deadline)).Events;

    private Task RecordAsync(TrainerAssignment assignment, string kind, long step) => _plane.Coordinator.RecordAsync(
    [
        new ReplicaEvent { Replica = assignment.Replica, Epoch = assignment.Epoch, Kind = kind, Time = DateTimeOffset.UnixEpoch, Message = $"{step}", Data = new Dictionary<string, double> { ["step"] = step } },
    ]).WaitAsync(ControlPlane.Deadline);
}
