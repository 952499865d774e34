using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Running;

public sealed class OwnershipTests
{
    [Fact]
    public async Task Run_SupersededByDirective_StopsAndEndsSilently()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        grains.Coordinator.Answer = report => new Directives { Superseded = report.Progress.Step >= 10 };
        var factory = new FakeFactory(replica => replica.AfterStep = done =>
        {
            if (done.Step == 12)
            {
                Assert.True(SpinWait.SpinUntil(() => grains.Coordinator.Reports.Any(report => report.Progress.Step >= 10), RunHarness.Deadline), "No report of step 10.");
            }
        });

        await new RunHarness(RunHarness.Recipe with { Budget = new BudgetRecipe { Steps = 100_000 } }, store, grains).RunAsync(factory);

        Assert.False(grains.Coordinator.End.Task.IsCompleted);
        Assert.InRange(factory.Last.Step, 10, 99_999);
    }

    [Fact]
    public async Task Run_NewOwnerAtCommit_CommitsNothing()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        var factory = new FakeFactory(replica => replica.AfterStep = done =>
        {
            if (done.Step == 1)
            {
                grains.Coordinator.CurrentEpoch = 2;
            }
        });

        await new RunHarness(RunHarness.Recipe with { Budget = new BudgetRecipe { Steps = 1_000_000 } }, store, grains).RunAsync(factory);

        Assert.False(grains.Coordinator.End.Task.IsCompleted);
        Assert.DoesNotContain(store.Objects.Keys, name => name.EndsWith("manifest.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_StoreGone_FailsWithASentence()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        store.BeforeWrite = static name =>
        {
            if (name.Contains("snapshots/", StringComparison.Ordinal))
            {
                throw new IOException("No space left on device.\n ---> and the trace of what was behind it");
            }
        };

        await new RunHarness(RunHarness.Recipe with { Budget = new BudgetRecipe { Steps = 1_000_000 } }, store, grains).RunAsync(new FakeFactory());

        var end = await grains.Coordinator.End.Task;
        Assert.Equal((ReplicaOutcome.Failed, "The snapshot of step 7 could not be written for 0 s: No space left on device."), (end.Outcome, end.Failure));
    }

    [Fact]
    public async Task Run_ReplayGrainFailsForAWhile_TrainingGoesOnAndRecovers()
    {
        var grains = new FakeGrains();
        grains.Replay.BeforeExchange = exchange => exchange.Push.Groups[^1].Step is > 12 and < 38 ? throw new InvalidOperationException("broken") : Task.CompletedTask;
        var recipe = RunHarness.Recipe with { Budget = new BudgetRecipe { Steps = 10_000_000 }, Snapshots = new SnapshotsRecipe { EverySteps = 100_000 }, Samples = new SamplesRecipe { EverySteps = 100_000 }, Evaluation = null };
        var harness = new RunHarness(recipe, new MemoryStore(), grains);
        var factory = new FakeFactory(replica => replica.AfterStep = done =>
        {
            if (done.Step > 38 && grains.Coordinator.Events.Any(told => told.Kind == EventKinds.ReplayRecovered))
            {
                harness.Runner!.Interrupt();
            }
        });

        await harness.RunAsync(factory);

        Assert.Equal(ReplicaOutcome.Interrupted, (await grains.Coordinator.End.Task).Outcome);
        var kinds = grains.Coordinator.Events.Select(told => told.Kind).Where(kind => kind.StartsWith("replay-", StringComparison.Ordinal));
        Assert.Equal([EventKinds.ReplayStale, EventKinds.ReplayRecovered], kinds);
        var staleness = grains.Coordinator.Reports
            .Where(report => report.Progress.Values.ContainsKey(MetricNames.ReplayStalenessSteps))
            .ToDictionary(report => report.Progress.Step, report => report.Progress.Values[MetricNames.ReplayStalenessSteps]);
        Assert.Equal([5d, 10, 15, 20], new[] { staleness[15], staleness[20], staleness[25], staleness[30] });
        Assert.Contains(staleness, report => report.Key > 40 && report.Value == 5);
    }
}
