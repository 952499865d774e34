using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

public sealed class ScalingTests : IAsyncLifetime
{
    private static readonly Recipe Recipe = new() { Threads = 1, Topology = new TopologyRecipe { Replicas = 2 } };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _plane = await ControlPlane.StartAsync(_folder);
        await _plane.RegisterAsync(_plane.Silos[0], 1, 1, 1, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Scale_Up_StartsTheNextOrdinalsAndTellsTheOthers()
    {
        var (zero, _) = await StartAsync();

        Assert.Equal(new ScaleResult { Accepted = true, Replicas = 4 }, await ScaleAsync(4, "the night is cheap"));
        var (two, three) = (await _plane.Book.TakeAsync(), await _plane.Book.TakeAsync());

        Assert.Equal([(2, true), (3, true)], new[] { two, three }.Select(assignment => (assignment.Replica.Ordinal, assignment.Joins)));
        Assert.Equal(4, RecipeJson.Deserialize(two.Recipe.Json.Span).Topology.Replicas);
        Assert.Equal(4, (await _plane.ReportAsync(zero, 50)).Replicas);
        Assert.Equal(4, RecipeReader.Parse((await _plane.ReadAsync(RunFiles.Recipe))!).Topology.Replicas);
        Assert.Contains("scaled from 2 to 4 replicas (the night is cheap): replicas 2 to 3 start where slots are free.", await _plane.ReadAsync(RunFiles.Events), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scale_Down_EndsTheHighestOrdinalWithASnapshotAndKeepsItInTheSummary()
    {
        var (zero, one) = await StartAsync();

        Assert.True((await ScaleAsync(1)).Accepted);
        Assert.Contains("scaled from 2 to 1 replica: replica 1 ends with a snapshot.", await _plane.ReadAsync(RunFiles.Events), StringComparison.Ordinal);
        Assert.Equal(["fashion/1"], _plane.Book.Interrupted);
        Assert.Equal((true, false), ((await _plane.ReportAsync(one, 20)).Interrupt, (await _plane.ReportAsync(zero, 20)).Interrupt));
        await _plane.EndAsync(one, ReplicaOutcome.Interrupted, 21);
        Assert.Equal(JobState.Running, (await DescribeAsync()).State);
        await _plane.EndAsync(zero, ReplicaOutcome.Completed, 60);

        var end = await DescribeAsync();
        Assert.Equal((JobState.Completed, (60L + 21) * 64), (end.State, end.Images));
        var summary = JsonNode.Parse((await _plane.ReadAsync(RunFiles.Summary))!)!;
        Assert.Equal(["completed", "retired"], summary["replicas"]!.AsArray().Select(replica => (string)replica!["state"]!));
    }

    [Fact]
    public async Task Scale_BeyondTheSlots_TellsWhoWaits()
    {
        await StartAsync();

        await ScaleAsync(6);
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Waiting);

        Assert.Contains("2 replicas of job 'fashion' wait for a free slot", await _plane.ReadAsync(RunFiles.Events), StringComparison.Ordinal);
        Assert.Equal((JobState.Running, 2), ((await DescribeAsync()).State, (await DescribeAsync()).Replicas.Count(static replica => replica.Waiting)));
    }

    [Fact]
    public async Task Scale_DownAndUpAgain_TheReplicaGoesOnAfterItsSnapshot()
    {
        var (_, one) = await StartAsync();
        await ScaleAsync(1);
        await ScaleAsync(2);

        await _plane.EndAsync(one, ReplicaOutcome.Interrupted, 21);
        var again = await _plane.Book.TakeAsync();

        Assert.Equal((1, true), (again.Replica.Ordinal, again.Resume));
        Assert.True(again.Epoch > one.Epoch);
    }

    [Fact]
    public async Task Scale_UpAgainAfterItsEnd_TheReplicaThatComesBackIsNotAskedToEnd()
    {
        var (_, one) = await StartAsync();
        await ScaleAsync(1);
        await _plane.EndAsync(one, ReplicaOutcome.Interrupted, 21);
        await ScaleAsync(2);

        var again = await _plane.Book.TakeAsync();
        Assert.Equal((1, true), (again.Replica.Ordinal, again.Epoch > one.Epoch));
        Assert.False((await _plane.ReportAsync(again, 30)).Interrupt, "The scaling down before is held against the replica that came back.");
        await _plane.EndAsync(again, ReplicaOutcome.Completed, 60);
        Assert.Equal(ReplicaOutcome.Completed, (await DescribeAsync()).Replicas[1].Outcome);
    }

    [Fact]
    public async Task Scale_UpAgainBeforeItsEnd_ThePreviousScalingEndsWithTheEpochThatItWasMeantFor()
    {
        var (_, one) = await StartAsync();
        foreach (var replicas in new[] { 1, 2, 1, 2 })
        {
            await ScaleAsync(replicas);
        }

        Assert.True((await _plane.ReportAsync(one, 20)).Interrupt);
        await _plane.EndAsync(one, ReplicaOutcome.Interrupted, 21);
        var again = await _plane.Book.TakeAsync();

        Assert.False((await _plane.ReportAsync(again, 30)).Interrupt, "The scaling down before is held against the replica that came back.");
        Assert.Contains("because the job was scaled down and up again", await _plane.ReadAsync(RunFiles.Events), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scale_DownTwiceWithAReturnBetween_TheReplicaEndsBothTimes()
    {
        var (_, one) = await StartAsync();
        await ScaleAsync(1);
        await _plane.EndAsync(one, ReplicaOutcome.Interrupted, 21);
        await ScaleAsync(2);
        var again = await _plane.Book.TakeAsync();
        await ScaleAsync(1);

        Assert.True((await _plane.ReportAsync(again, 30)).Interrupt);
        await _plane.EndAsync(again, ReplicaOutcome.Interrupted, 31);
        Assert.Equal((JobState.Running, ReplicaOutcome.Retired), ((await DescribeAsync()).State, (await DescribeAsync()).Replicas[1].Outcome));
    }

    [Fact]
    public async Task Scale_NotPossible_SaysWhy()
    {
        var (zero, one) = await StartAsync();

        Assert.Contains("cannot have 1025 replicas", (await ScaleAsync(1025)).Refusal, StringComparison.Ordinal);
        Assert.Contains("cannot have 0 replicas", (await ScaleAsync(0)).Refusal, StringComparison.Ordinal);
        await _plane.EndAsync(zero, ReplicaOutcome.Completed, 60);
        await _plane.EndAsync(one, ReplicaOutcome.Completed, 60);
        Assert.EndsWith("is completed and cannot be scaled: resume it with --set topology.replicas=3.", (await ScaleAsync(3)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_ScaledJob_HasItsLastScale()
    {
        var (zero, one) = await StartAsync();
        await ScaleAsync(3);
        var two = await _plane.Book.TakeAsync();
        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None);
        foreach (var assignment in new[] { zero, one, two })
        {
            await _plane.EndAsync(assignment, ReplicaOutcome.Interrupted, 30);
        }

        await _plane.SnapshotAsync(30, zero.Epoch);
        var stored = RecipeReader.Parse((await _plane.ReadAsync(RunFiles.Recipe))!);
        await _plane.StartJobAsync(stored, resume: true);

        Assert.Equal(3, (await DescribeAsync()).Replicas.Count(replica => replica is { Outcome: null, Waiting: false }));
    }

    private async Task<(TrainerAssignment Zero, TrainerAssignment One)> StartAsync() => (await _plane.StartJobAsync(Recipe), await _plane.Book.TakeAsync());

    private Task<ScaleResult> ScaleAsync(int replicas, string? reason = null)
        => _plane.Jobs.ScaleAsync(ControlPlane.Job, replicas, reason, CancellationToken.None).WaitAsync(ControlPlane.Deadline);

    private Task<JobSummary> DescribeAsync() => _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);
}
