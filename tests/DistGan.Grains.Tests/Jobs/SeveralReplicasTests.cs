using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

public sealed class SeveralReplicasTests : IAsyncLifetime
{
    private static readonly Recipe Recipe = new() { Topology = new TopologyRecipe { Replicas = 2 } };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _plane = await ControlPlane.StartAsync(_folder);
        await _plane.RegisterAsync(_plane.Silos[0], 1, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Ended_OneOfTwo_TheJobGoesOnUntilTheOther()
    {
        var (zero, one) = await StartAsync();

        await _plane.EndAsync(zero, ReplicaOutcome.Completed, 60);
        Assert.Equal(JobState.Running, (await DescribeAsync()).State);
        Assert.False((await _plane.ReportAsync(one, 50)).Superseded);
        await _plane.EndAsync(one, ReplicaOutcome.Completed, 60);

        var end = await DescribeAsync();
        Assert.Equal((JobState.Completed, 60L * 64 * 2), (end.State, end.Images));
    }

    [Fact]
    public async Task Ended_OneFailsForGood_TheOthersGoOnAndTheJobCompletesWithItsReason()
    {
        var (zero, one) = await StartAsync();

        await _plane.EndAsync(zero, ReplicaOutcome.Failed, 20, "The device is gone.");
        await _plane.EndAsync(one, ReplicaOutcome.Completed, 60);

        var end = await DescribeAsync();
        Assert.Equal((JobState.Completed, null), (end.State, end.Failure));
        Assert.Equal(
            [(0, ReplicaOutcome.Failed, 20L, "The device is gone."), (1, ReplicaOutcome.Completed, 60L, null)],
            end.Replicas.Select(replica => (replica.Replica, replica.Outcome!.Value, replica.Step, replica.Failure)));
        var ended = (await EventsAsync()).Single(entry => (string)entry["kind"]! == EventKinds.ReplicaEnded);
        Assert.Equal(0, (int)ended["replica"]!);
        Assert.Contains("The device is gone.", (string)ended["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_AllFail_TheJobFailsWithTheFirstReason()
    {
        var (zero, one) = await StartAsync();

        await _plane.EndAsync(one, ReplicaOutcome.Failed, 20, "One is gone.");
        await _plane.EndAsync(zero, ReplicaOutcome.Failed, 30, "Zero is gone.");

        var end = await DescribeAsync();
        Assert.Equal((JobState.Failed, "Zero is gone."), (end.State, end.Failure));
    }

    [Fact]
    public async Task Record_ScoresOfTwo_TheJobHasThoseOfTheBest()
    {
        var (zero, one) = await StartAsync();

        await EvaluateAsync(zero, 30);
        await EvaluateAsync(one, 20);
        Assert.Equal((1, 20.0), ((await DescribeAsync()).BestReplica, (await DescribeAsync()).Scores[MetricNames.Fid]));
        await EvaluateAsync(one, 40);

        await _plane.EndAsync(one, ReplicaOutcome.Completed, 60);
        await _plane.EndAsync(zero, ReplicaOutcome.Completed, 60);
        var summary = JsonNode.Parse((await _plane.ReadAsync(RunFiles.Summary))!)!;
        Assert.Equal((0, 30.0), ((int)summary["best_replica"]!, (double)summary["scores"]![MetricNames.Fid]!));
        Assert.Equal(40, (double)summary["replicas"]![1]!["scores"]![MetricNames.Fid]!);
        Assert.Equal("completed", (string)summary["replicas"]![1]!["state"]!);
    }

    [Fact]
    public async Task Interrupt_Two_AsksBothAndEndsInterrupted()
    {
        var (zero, one) = await StartAsync();

        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None).WaitAsync(ControlPlane.Deadline);
        Assert.Equal(["fashion/0", "fashion/1"], _plane.Book.Interrupted.Order(StringComparer.Ordinal));
        await _plane.EndAsync(one, ReplicaOutcome.Interrupted, 21);
        Assert.Equal(JobState.Stopping, (await DescribeAsync()).State);
        await _plane.EndAsync(zero, ReplicaOutcome.Interrupted, 22);

        Assert.Equal(JobState.Interrupted, (await DescribeAsync()).State);
    }

    [Fact]
    public async Task Resume_OneMissedTheEnd_IsTakenOnWithAnEpochOfItsOwnAndANewStart()
    {
        var (zero, one) = await StartAsync();
        await _plane.EndAsync(zero, ReplicaOutcome.Completed, 3000);
        await _plane.EndAsync(one, ReplicaOutcome.Failed, 500, "It was killed.");
        await _plane.SnapshotAsync(3000, 1);
        await _plane.Store.PutAsync(RunFiles.Snapshot(1, 500, 4) + RunFiles.Manifest, "{}"u8.ToArray(), PutCondition.None, CancellationToken.None);

        var (again, other) = await StartAsync(resume: true);

        Assert.Equal((2L, 5L), (again.Epoch, other.Epoch));
        Assert.Equal((zero.Start + 1, zero.Start + 1), (again.Start, other.Start));
        Assert.Equal(zero.Start, one.Start);
    }

    [Fact]
    public async Task Open_ReplayOfOneStartTwice_KeepsWhatIsThere()
    {
        var grain = _plane.Grains.GetGrain<IReplayBufferGrain>("fashion/0");
        var size = new ReplaySettings { ItemBytes = 4, BudgetBytes = 64 };

        Assert.Equal(ReplayOpening.Emptied, await grain.OpenAsync(1, size));
        await grain.RestoreAsync(new ReplayChunk { Groups = [new ReplayGroupHeader(1, 2, 1)], Images = new byte[4] });
        Assert.Equal(ReplayOpening.Kept, await grain.OpenAsync(1, size));
        Assert.Equal(1, (await grain.CaptureAsync()).Chunks);
        Assert.Equal(ReplayOpening.Emptied, await grain.OpenAsync(2, size));

        Assert.Equal(0, (await grain.CaptureAsync()).Chunks);
    }

    private async Task<(TrainerAssignment Zero, TrainerAssignment One)> StartAsync(bool resume = false)
    {
        var zero = await _plane.StartJobAsync(Recipe, resume);
        Assert.True(_plane.Book.TryTake(out var one), "The second replica was not started.");
        Assert.Equal((0, 1), (zero.Replica.Ordinal, one!.Replica.Ordinal));
        return (zero, one);
    }

    private Task EvaluateAsync(TrainerAssignment assignment, double fid) => _plane.Coordinator.RecordAsync(
    [
        new ReplicaEvent
        {
            Replica = assignment.Replica,
            Epoch = assignment.Epoch,
            Kind = EventKinds.Evaluated,
            Time = DateTimeOffset.UnixEpoch,
            Message = $"fid {fid}",
            Data = new Dictionary<string, double> { [MetricNames.Fid] = fid },
        },
    ]).WaitAsync(ControlPlane.Deadline);

    private Task<JobSummary> DescribeAsync() => _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);

    private async Task<IReadOnlyList<JsonNode>> EventsAsync()
        => [.. (await _plane.ReadAsync(RunFiles.Events))!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
}
