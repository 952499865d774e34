using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

public sealed class CoordinatorGrainTests : IAsyncLifetime
{
    private static readonly Recipe Recipe = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _plane = await ControlPlane.StartAsync(_folder);
        await _plane.RegisterAsync(_plane.Silos[0], 2);
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Submit_NewJob_StoresEpochRecipeAndEventsBeforeItAnswers()
    {
        string? stateAtStart = null;
        _plane.Book.Answer = async _ =>
        {
            stateAtStart = await _plane.ReadAsync("grainstate/coordinator-coordinator_2Ffashion.json");
            return new StartResult { Started = true };
        };

        var assignment = await _plane.StartJobAsync(Recipe);

        Assert.Equal(1, assignment.Epoch);
        Assert.False(assignment.Resume);
        Assert.Equal(1, (long)JsonNode.Parse(stateAtStart!)!["replicas"]![0]!["epoch"]!);
        var sent = RecipeJson.Deserialize(assignment.Recipe.Json.Span);
        Assert.Equal(2, sent.Threads);
        Assert.Equal(sent, RecipeReader.Parse((await _plane.ReadAsync(RunFiles.Recipe))!), RecipeEquality);
        Assert.Equal([EventKinds.Submitted, EventKinds.Started], await EventKindsAsync());
        Assert.Equal("running", (string)JsonNode.Parse((await _plane.ReadAsync(RunFiles.Summary))!)!["state"]!);
    }

    [Fact]
    public async Task Submit_SameRecipeWhileItRuns_ChangesNothing()
    {
        await _plane.StartJobAsync(Recipe);

        Assert.True((await _plane.SubmitAsync(Recipe)).Accepted);
        var other = await _plane.SubmitAsync(Recipe with { Seed = 2 });

        Assert.False(other.Accepted);
        Assert.Contains("another recipe", other.Refusal);
        Assert.False(_plane.Book.TryTake(out _));
    }

    [Fact]
    public async Task Submit_NoSlotWideEnough_IsRefusedAndLeavesNoRun()
    {
        var result = await _plane.SubmitAsync(Recipe with { Threads = 3 });

        Assert.False(result.Accepted);
        Assert.Contains("at least 3 threads each", result.Refusal);
        Assert.Null(await _plane.ReadAsync(RunFiles.Recipe));
        await Assert.ThrowsAsync<UnknownJobException>(() => _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None));
        Assert.Empty(await _plane.Jobs.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Submit_TrainerRefuses_FreesTheSlotAndCanBeSubmittedAgain()
    {
        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = false, Refusal = "The data set is gone." });
        Assert.Equal("The data set is gone.", (await _plane.SubmitAsync(Recipe)).Refusal);
        Assert.True(_plane.Book.TryTake(out var refused));
        Assert.False(await _plane.Coordinator.OwnsAsync(refused!.Replica, refused.Epoch));

        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = true });
        var other = await _plane.SubmitAsync(Recipe with { Name = "other" }, job: "other");
        Assert.True(other.Accepted, other.Refusal);
        Assert.True((await _plane.SubmitAsync(Recipe)).Accepted);
        Assert.Equal(JobState.Waiting, (await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None)).State);
    }

    [Fact]
    public async Task Submit_TrainerThrows_WaitsForAnotherSlot()
    {
        _plane.Book.Answer = static _ => throw new TimeoutException("too slow");

        var result = await _plane.SubmitAsync(Recipe);

        Assert.True(result.Accepted, result.Refusal);
        Assert.Equal(JobState.Waiting, (await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None)).State);
    }

    [Fact]
    public async Task Submit_WrongHashOrJobId_IsRefused()
    {
        var submission = ControlPlane.Submission(Recipe);
        var damaged = submission with { Recipe = submission.Recipe with { Sha256 = "00" } };

        Assert.Contains("hash 00", (await _plane.Jobs.SubmitAsync(damaged, CancellationToken.None)).Refusal);
        Assert.Contains("'../x'", (await _plane.SubmitAsync(Recipe, job: "../x")).Refusal);
    }

    [Fact]
    public async Task Report_CurrentEpoch_ReachesWatchers()
    {
        var assignment = await _plane.StartJobAsync(Recipe);
        var seen = await _plane.Jobs.WatchAsync(ControlPlane.Job, default, CancellationToken.None).WaitAsync(ControlPlane.Deadline);
        var watch = _plane.Jobs.WatchAsync(ControlPlane.Job, seen.Cursor, CancellationToken.None);

        var directives = await _plane.ReportAsync(assignment, 50);

        Assert.Equal(new Directives { Sequence = 2, Replicas = 1 }, directives);
        var progress = await watch.WaitAsync(ControlPlane.Deadline);
        Assert.Equal(50, Assert.Single(progress.Reports).Step);
        Assert.Empty(progress.Events);
        Assert.Equal(new JobCursor(2, 1), progress.Cursor);
    }

    [Fact]
    public async Task Record_EvaluatedTwice_IsStoredOnceAndScored()
    {
        var assignment = await _plane.StartJobAsync(Recipe);
        var entry = Event(assignment, EventKinds.Evaluated, new() { ["step"] = 50, [MetricNames.Fid] = 12.5, ["other"] = double.NaN }, RunFiles.Evaluation);

        await _plane.Coordinator.RecordAsync([entry]).WaitAsync(ControlPlane.Deadline);
        await _plane.Coordinator.RecordAsync([entry]).WaitAsync(ControlPlane.Deadline);

        Assert.Equal([EventKinds.Submitted, EventKinds.Started, EventKinds.Evaluated], await EventKindsAsync());
        var line = JsonNode.Parse((await _plane.ReadAsync(RunFiles.Events))!.Split('\n')[2])!;
        Assert.Null(line["data"]!["other"]);
        Assert.Equal(12.5, (double)line["data"]![MetricNames.Fid]!);
        var summary = await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);
        Assert.Equal(12.5, summary.Scores[MetricNames.Fid]);
        Assert.Equal(RunFiles.Evaluation, summary.Files["evaluation"]);
        Assert.False(summary.Scores.ContainsKey("step"));
    }

    [Fact]
    public async Task Report_SupersededEpoch_IsToldToStopAndItsEventsAreDropped()
    {
        var old = await _plane.StartJobAsync(Recipe);
        await _plane.EndAsync(old, ReplicaOutcome.Interrupted, 10);
        await _plane.SnapshotAsync(10, old.Epoch);
        var current = await _plane.StartJobAsync(Recipe, resume: true);

        Assert.Equal(2, current.Epoch);
        Assert.True(current.Resume);
        Assert.True((await _plane.ReportAsync(old, 20)).Superseded);
        Assert.False((await _plane.ReportAsync(current, 20)).Superseded);
        Assert.False(await _plane.Coordinator.OwnsAsync(old.Replica, old.Epoch));
        Assert.True(await _plane.Coordinator.OwnsAsync(current.Replica, current.Epoch));
        Assert.False(await _plane.Coordinator.OwnsAsync(old.Replica, old.Epoch));
        var before = await EventKindsAsync();
        Assert.Equal(1, before.Count(static kind => kind == EventKinds.OwnerRefused));
        await _plane.Coordinator.RecordAsync([Event(old, EventKinds.Snapshot, [], "x")]).WaitAsync(ControlPlane.Deadline);
        await _plane.EndAsync(old, ReplicaOutcome.Failed, 20);
        Assert.Equal(before, await EventKindsAsync());
        Assert.Equal(JobState.Running, (await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None)).State);
    }

    [Theory]
    [InlineData(ReplicaOutcome.Completed, JobState.Completed, EventKinds.Completed, "completed")]
    [InlineData(ReplicaOutcome.Interrupted, JobState.Interrupted, EventKinds.Interrupted, "interrupted")]
    [InlineData(ReplicaOutcome.Failed, JobState.Failed, EventKinds.Failed, "failed")]
    public async Task Ended_LastReplica_StoresEventAndSummaryBeforeWatchersSeeTheEnd(ReplicaOutcome outcome, JobState state, string kind, string name)
    {
        var assignment = await _plane.StartJobAsync(Recipe);
        await _plane.ReportAsync(assignment, 50);

        await _plane.EndAsync(assignment, outcome, 60, outcome == ReplicaOutcome.Failed ? "The disk is full." : null);

        var progress = await _plane.Jobs.WatchAsync(ControlPlane.Job, default, CancellationToken.None).WaitAsync(ControlPlane.Deadline);
        Assert.Equal(state, progress.State);
        Assert.Equal(kind, progress.Events[^1].Kind);
        var summary = JsonNode.Parse((await _plane.ReadAsync(RunFiles.Summary))!)!;
        Assert.Equal("distgan.summary/1", (string)summary["schema"]!);
        Assert.Equal(name, (string)summary["state"]!);
        Assert.Equal(60, (long)summary["steps"]!);
        Assert.Equal(640, (double)summary["images_per_second"]!);
        Assert.Equal(outcome == ReplicaOutcome.Failed ? "The disk is full." : null, (string?)summary["failure"]);
        Assert.True((await _plane.SubmitAsync(Recipe with { Name = "next" }, job: "next")).Accepted, "The slot is not free.");
    }

    [Fact]
    public async Task Interrupt_Running_IsPushedAndDirected()
    {
        var assignment = await _plane.StartJobAsync(Recipe);

        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None).WaitAsync(ControlPlane.Deadline);

        Assert.Equal(["fashion/0"], _plane.Book.Interrupted);
        Assert.True((await _plane.ReportAsync(assignment, 10)).Interrupt);
        Assert.Equal(JobState.Stopping, (await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None)).State);
        await _plane.EndAsync(assignment, ReplicaOutcome.Interrupted, 11);
        Assert.Equal([EventKinds.Submitted, EventKinds.Started, EventKinds.Stopping, EventKinds.Interrupted], await EventKindsAsync());
    }

    [Fact]
    public async Task Resume_ForbiddenKeys_AreNamed()
    {
        var assignment = await _plane.StartJobAsync(Recipe);
        await _plane.EndAsync(assignment, ReplicaOutcome.Interrupted, 10);
        await _plane.SnapshotAsync(10, 1);

        var result = await _plane.SubmitAsync(Recipe with { Batch = 32, Latent = new LatentRecipe { Size = 7 } }, resume: true);

        Assert.Contains("latent.size, batch:", result.Refusal);
        Assert.Equal(JobState.Interrupted, (await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None)).State);
    }

    [Fact]
    public async Task Resume_CompletedJob_NeedsALargerBudgetAndRewritesTheRecipe()
    {
        var assignment = await _plane.StartJobAsync(Recipe);
        await _plane.EndAsync(assignment, ReplicaOutcome.Completed, 3000);
        await _plane.SnapshotAsync(3000, 1);

        Assert.Contains("used its budget at step 3000", (await _plane.SubmitAsync(Recipe, resume: true)).Refusal);
        await _plane.StartJobAsync(Recipe with { Budget = new BudgetRecipe { Steps = 4000 } }, resume: true);

        Assert.Equal(4000, RecipeReader.Parse((await _plane.ReadAsync(RunFiles.Recipe))!).Budget.Steps);
        Assert.Equal(EventKinds.Resumed, (await EventKindsAsync())[^1]);
    }

    [Fact]
    public async Task Resume_NoSnapshot_IsRefused()
    {
        var assignment = await _plane.StartJobAsync(Recipe);
        await _plane.EndAsync(assignment, ReplicaOutcome.Interrupted, 10);

        Assert.Contains("no snapshot", (await _plane.SubmitAsync(Recipe, resume: true)).Refusal);
        Assert.Contains("exists already", (await _plane.SubmitAsync(Recipe)).Refusal);
    }

    [Fact]
    public async Task Submit_OnceAndAgain_IsOneSubmissionWhateverHasBecomeOfIt()
    {
        var once = ControlPlane.Submission(Recipe) with { Once = true };
        Assert.Equal(new SubmitResult { Accepted = true }, await _plane.Jobs.SubmitAsync(once, CancellationToken.None));
        Assert.True(_plane.Book.TryTake(out var assignment), "No trainer was started.");

        Assert.Equal(new SubmitResult { Accepted = true, Existing = true }, await _plane.Jobs.SubmitAsync(once, CancellationToken.None));
        await _plane.EndAsync(assignment!, ReplicaOutcome.Completed, 3000);
        var events = await EventKindsAsync();

        Assert.Equal(new SubmitResult { Accepted = true, Existing = true }, await _plane.Jobs.SubmitAsync(once, CancellationToken.None));
        Assert.Equal(events, await EventKindsAsync());
        Assert.False(_plane.Book.TryTake(out _), "A trainer was started again.");
        Assert.Contains("exists already", (await _plane.Jobs.SubmitAsync(ControlPlane.Submission(Recipe with { Seed = 9 }) with { Once = true }, CancellationToken.None)).Refusal);
    }

    private static ReplicaEvent Event(TrainerAssignment assignment, string kind, Dictionary<string, double> data, string file) => new()
    {
        Replica = assignment.Replica,
        Epoch = assignment.Epoch,
        Kind = kind,
        Time = DateTimeOffset.UnixEpoch,
        Message = "Something happened.",
        Data = data,
        File = file,
    };

    private static bool RecipeEquality(Recipe one, Recipe other) => RecipeJson.Sha256(one) == RecipeJson.Sha256(other);

    private async Task<List<string>> EventKindsAsync()
    {
        var lines = (await _plane.ReadAsync(RunFiles.Events))!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(line => (int)line["sequence"]!));
        return [.. lines.Select(line => (string)line["kind"]!)];
    }
}
