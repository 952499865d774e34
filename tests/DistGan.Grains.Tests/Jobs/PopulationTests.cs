using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

public sealed class PopulationTests : IAsyncLifetime
{
    private const string Rate = "generator.optimizer.rate";

    private static readonly Recipe Recipe = new()
    {
        Threads = 1,
        Topology = new TopologyRecipe { Kind = "population", Replicas = 3, Population = new PopulationRecipe { EverySteps = 100, Factors = ["0.5", "2"], Vary = [Rate] } },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private readonly TrainerAssignment[] _members = new TrainerAssignment[3];
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _plane = await ControlPlane.StartAsync(_folder);
        await _plane.RegisterAsync(_plane.Silos[0], 1, 1, 1);
        _members[0] = await _plane.StartJobAsync(Recipe);
        (_members[1], _members[2]) = (await _plane.Book.TakeAsync(), await _plane.Book.TakeAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Start_EachMember_HasARecipeOfItsOwn()
        => Assert.All(_members, static member => Assert.Equal(MemberValues.Initial(Recipe, member.Replica.Ordinal)[Rate], RateOf(member)));

    [Fact]
    public async Task Evaluated_Worst_GoesOnFromTheBestOnItsSlotWithVariedValues()
    {
        var again = await ReplaceAsync();

        Assert.Equal(["fashion/1"], _plane.Book.Interrupted);
        Assert.Equal((1, RunFiles.Snapshot(2, 100, _members[2].Epoch), _members[1].Epoch), (again.Replica.Ordinal, again.Donor, again.DonorSince));
        Assert.Equal((_members[1].Lease, true), (again.Lease, again.Resume));
        Assert.True(again.Epoch > _members[1].Epoch);
        Assert.Contains(Number(again) / Number(_members[2]), new[] { 0.5, 2 });
        Assert.True((await _plane.ReportAsync(_members[1], 200)).Superseded);
        Assert.Equal(RateOf(again), (await DescribeAsync()).Replicas[1].Overrides[Rate]);
        var told = JsonNode.Parse((await _plane.ReadAsync(RunFiles.Events))!.Split('\n').Single(static line => line.Contains("\"exploited\"", StringComparison.Ordinal)))!;
        Assert.Equal((1, 2, 100, 130), ((int)told["replica"]!, (int)told["data"]!["donor"]!, (int)told["data"]!["donor_step"]!, (int)told["data"]!["step"]!));
        Assert.Equal((90, 20), ((double)told["data"]!["fid"]!, (double)told["data"]!["donor_fid"]!));
        Assert.Equal((Number(_members[1]), Number(again)), ((double)told["data"]![$"{Rate}.from"]!, (double)told["data"]![Rate]!));
    }

    [Fact]
    public async Task Ended_TheBestHasTakenASnapshotMeanwhile_ThatIsNamed()
    {
        await PlanAsync();
        await SnapshotAsync(2, 110);
        await _plane.EndAsync(_members[1], ReplicaOutcome.Interrupted, 130);

        Assert.Equal(RunFiles.Snapshot(2, 110, _members[2].Epoch), (await _plane.Book.TakeAsync()).Donor);
    }

    [Fact]
    public async Task Evaluated_TooSoonOrWithoutASnapshotOfTheBest_NobodyIsReplaced()
    {
        await EvaluateAsync(2, 50, 20);
        await SnapshotAsync(2, 50);
        await EvaluateAsync(1, 99, 90);
        await _plane.Coordinator.CheckAsync();
        Assert.Empty(_plane.Book.Interrupted);

        await EvaluateAsync(1, 100, 90);
        await _plane.Coordinator.CheckAsync();
        Assert.Equal(["fashion/1"], _plane.Book.Interrupted);
    }

    [Fact]
    public async Task Evaluated_ScoreThatIsNotFinite_IsWorst()
    {
        await SnapshotAsync(2, 100);
        await EvaluateAsync(2, 100, 20);
        await EvaluateAsync(0, 100, double.NaN);
        await EvaluateAsync(1, 100, 90);
        await _plane.Coordinator.CheckAsync();

        Assert.Equal(["fashion/0"], _plane.Book.Interrupted);
    }

    [Fact]
    public async Task Start_LostBeforeItHasASnapshotOfThem_TakesTheWeightsAgainAndNotAfterwards()
    {
        _members[1] = await ReplaceAsync();
        var donor = _members[1].Donor;

        await _plane.EndAsync(_members[1], ReplicaOutcome.Interrupted, 140, workerLeaves: true);
        _members[1] = await _plane.Book.TakeAsync();
        Assert.Equal(donor, _members[1].Donor);

        await SnapshotAsync(1, 150);
        await _plane.EndAsync(_members[1], ReplicaOutcome.Interrupted, 150, workerLeaves: true);
        Assert.Null((await _plane.Book.TakeAsync()).Donor);
    }

    [Fact]
    public async Task Ended_DoneBeforeItHeard_StaysAsItIs()
    {
        await PlanAsync();

        await _plane.EndAsync(_members[1], ReplicaOutcome.Completed, 3000);

        var replica = (await DescribeAsync()).Replicas[1];
        Assert.Equal((ReplicaOutcome.Completed, RateOf(_members[1])), (replica.Outcome!.Value, replica.Overrides[Rate]));
        Assert.Equal(0, await _plane.CountAsync(ControlPlane.Job, EventKinds.Exploited));
    }

    [Fact]
    public async Task Resume_AfterAReplacement_EachMemberHasItsValuesStill()
    {
        _members[1] = await ReplaceAsync();
        await SnapshotAsync(1, 140);
        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None);
        foreach (var member in _members)
        {
            await _plane.EndAsync(member, ReplicaOutcome.Interrupted, 150);
            await _plane.Store.PutAsync(RunFiles.Snapshot(member.Replica.Ordinal, 150, member.Epoch) + RunFiles.Manifest, "{}"u8.ToArray(), PutCondition.None, CancellationToken.None);
        }

        Assert.Equal(JobState.Interrupted, (await DescribeAsync()).State);
        var resumed = new[] { await _plane.StartJobAsync(Recipe, resume: true), await _plane.Book.TakeAsync(), await _plane.Book.TakeAsync() };

        Assert.Equal(_members.Select(RateOf), resumed.Select(RateOf));
        Assert.All(resumed, static member => Assert.Null(member.Donor));
        var summary = JsonNode.Parse((await _plane.ReadAsync(RunFiles.Summary))!)!;
        Assert.Equal(Number(_members[1]), (double)summary["replicas"]![1]!["overrides"]![Rate]!);
    }

    [Fact]
    public async Task Interrupt_WhileOneIsToBeReplaced_ItEndsAsItIs()
    {
        await PlanAsync();
        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None);
        foreach (var member in _members)
        {
            await _plane.EndAsync(member, ReplicaOutcome.Interrupted, 150);
        }

        var end = await DescribeAsync();
        Assert.Equal((JobState.Interrupted, RateOf(_members[1])), (end.State, end.Replicas[1].Overrides[Rate]));
    }

    [Fact]
    public async Task Ended_OneThatCannotGoOn_TakesThePlaceOfTheBestOnceBeforeItsNextScore()
    {
        await SnapshotAsync(2, 100);
        await EvaluateAsync(2, 100, 20);

        await _plane.EndAsync(_members[0], ReplicaOutcome.Failed, 40, failure: "Its loss is no number.");
        _members[0] = await _plane.Book.TakeAsync();
        Assert.Equal((0, RunFiles.Snapshot(2, 100, _members[2].Epoch)), (_members[0].Replica.Ordinal, _members[0].Donor));
        Assert.Contains(Number(_members[0]) / Number(_members[2]), new[] { 0.5, 2 });
        Assert.Contains("Replica 0 has failed (Its loss is no number) and goes on at step 40", await _plane.ReadAsync(RunFiles.Events), StringComparison.Ordinal);

        await EvaluateAsync(0, 60, 30);
        await _plane.EndAsync(_members[0], ReplicaOutcome.Failed, 70, failure: "Again.");
        _members[0] = await _plane.Book.TakeAsync();
        await _plane.EndAsync(_members[0], ReplicaOutcome.Failed, 80, failure: "And again.");
        var job = await DescribeAsync();
        Assert.Equal((JobState.Running, ReplicaOutcome.Failed, "And again."), (job.State, job.Replicas[0].Outcome!.Value, job.Replicas[0].Failure));
        Assert.Equal(2, await _plane.CountAsync(ControlPlane.Job, EventKinds.Exploited));
    }

    [Fact]
    public async Task Ended_OneThatCannotGoOnWhileNobodyIsScored_HasFailedForGood()
    {
        await SnapshotAsync(2, 100);

        await _plane.EndAsync(_members[0], ReplicaOutcome.Failed, 40, failure: "Its loss is no number.");

        Assert.Equal(ReplicaOutcome.Failed, (await DescribeAsync()).Replicas[0].Outcome);
    }

    /// <summary>Scores by which replica 1 is worst and 2 is best, until 1 is asked to end.</summary>
    private async Task PlanAsync()
    {
        await SnapshotAsync(2, 100);

        // In this order nobody else is the worst of those that were evaluated, whenever the coordinator looks.
        await EvaluateAsync(2, 100, 20);
        await EvaluateAsync(1, 100, 90);
        await EvaluateAsync(0, 100, 50);
        await _plane.Coordinator.CheckAsync();
    }

    private async Task<TrainerAssignment> ReplaceAsync()
    {
        await PlanAsync();
        await _plane.EndAsync(_members[1], ReplicaOutcome.Interrupted, 130);
        return await _plane.Book.TakeAsync();
    }

    private Task EvaluateAsync(int replica, long step, double fid) => RecordAsync(replica, EventKinds.Evaluated, step, null, (MetricNames.Fid, fid));

    private Task SnapshotAsync(int replica, long step) => RecordAsync(replica, EventKinds.Snapshot, step, RunFiles.Snapshot(replica, step, _members[replica].Epoch));

    private Task RecordAsync(int replica, string kind, long step, string? file, params (string Name, double Value)[] data) => _plane.Coordinator.RecordAsync(
    [
        new ReplicaEvent
        {
            Replica = _members[replica].Replica,
            Epoch = _members[replica].Epoch,
            Kind = kind,
            Time = DateTimeOffset.UnixEpoch.AddSeconds(step),
            Message = $"{kind} {step}",
            Data = data.Append(("step", step)).ToDictionary(static entry => entry.Item1, static entry => entry.Item2),
            File = file,
        },
    ]).WaitAsync(ControlPlane.Deadline);

    private Task<JobSummary> DescribeAsync() => _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);

    private static string RateOf(TrainerAssignment assignment) => RecipeNumbers.Write(Number(assignment));

    private static double Number(TrainerAssignment assignment) => RecipeJson.Deserialize(assignment.Recipe.Json.Span).Generator.Optimizer.Rate;
}
