using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Worker.Snapshots;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Running;

public sealed class DivergenceTests
{
    [Fact]
    public async Task Run_LossNotFiniteOnce_RollsBackAtHalfTheRateAndCompletes()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        var diverged = false;
        var factory = new FakeFactory(replica => replica.Diverges = step => step == 30 && !diverged && (diverged = true));

        await new RunHarness(RunHarness.Recipe, store, grains).RunAsync(factory);

        var end = await grains.Coordinator.End.Task;
        Assert.Equal(ReplicaOutcome.Completed, end.Outcome);
        Assert.Equal(0.5, factory.Last.Rate);
        Assert.Equal(2, factory.Made.Count);
        Assert.Equal([EventKinds.Diverged, EventKinds.RolledBack], Kinds(grains, EventKinds.Diverged, EventKinds.RolledBack));
        Assert.Contains("step 28", grains.Coordinator.Events.Single(told => told.Kind == EventKinds.RolledBack).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RolledBackBeforeTheFirstSnapshot_StartsAnew()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        var diverged = false;
        var factory = new FakeFactory(replica => replica.Diverges = step => step == 5 && !diverged && (diverged = true));

        await new RunHarness(RunHarness.Recipe, store, grains).RunAsync(factory);

        Assert.Equal(ReplicaOutcome.Completed, (await grains.Coordinator.End.Task).Outcome);
        Assert.Equal(await ResumeTests.UninterruptedAsync(), factory.Last.Hash);
    }

    [Fact]
    public async Task Run_ThrowsAgainAndAgain_FailsAfterThreeRollbacksWithTheCause()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        var factory = new FakeFactory(replica => replica.AfterStep = done =>
        {
            if (done.Step == 17)
            {
                throw new InvalidOperationException("the device is gone\nstack");
            }
        });

        await new RunHarness(RunHarness.Recipe, store, grains).RunAsync(factory);

        var end = await grains.Coordinator.End.Task;
        Assert.Equal(ReplicaOutcome.Failed, end.Outcome);
        Assert.Equal("Replica 0 failed at step 17: InvalidOperationException: the device is gone. It did so after 3 rollbacks too.", end.Failure);
        Assert.Equal(3, Kinds(grains, EventKinds.RolledBack).Count());
        Assert.Equal(0.125, factory.Last.Rate);
    }

    [Fact]
    public async Task Run_OutOfMemory_SaysWhatToLower()
    {
        var grains = new FakeGrains();
        var factory = new FakeFactory(replica => replica.AfterStep = static _ => throw new InvalidOperationException("DefaultCPUAllocator: can't allocate memory: you tried to allocate 64 bytes"));

        await new RunHarness(RunHarness.Recipe with { OnDivergence = "stop" }, new MemoryStore(), grains).RunAsync(factory);

        Assert.Equal(
            "Replica 0 ran out of memory on cpu at step 1: lower batch, generator.width or discriminator.width.",
            (await grains.Coordinator.End.Task).Failure);
    }

    [Fact]
    public async Task Run_DivergedWithStop_FailsAndKeepsTheLastGoodSnapshot()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        var factory = new FakeFactory(replica => replica.Diverges = static step => step == 30);

        await new RunHarness(RunHarness.Recipe with { OnDivergence = "stop" }, store, grains).RunAsync(factory);

        var end = await grains.Coordinator.End.Task;
        Assert.Equal((ReplicaOutcome.Failed, "Replica 0 diverged at step 30: d_loss is not finite."), (end.Outcome, end.Failure));
        var newest = await SnapshotReader.FindNewestAsync(store, RunHarness.Prefix, 0, Assert.Fail, CancellationToken.None);
        Assert.Equal(28, newest!.Manifest.Step);
    }

    [Fact]
    public async Task Run_DivergedWithContinue_TellsOnceAndCompletes()
    {
        var grains = new FakeGrains();
        var factory = new FakeFactory(replica => replica.Diverges = static step => step >= 30);

        await new RunHarness(RunHarness.Recipe with { OnDivergence = "continue" }, new MemoryStore(), grains).RunAsync(factory);

        Assert.Equal(ReplicaOutcome.Completed, (await grains.Coordinator.End.Task).Outcome);
        Assert.Single(Kinds(grains, EventKinds.Diverged));
    }

    [Fact]
    public async Task Run_StateNotFinite_IsNeverCommitted()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        var factory = new FakeFactory(replica => replica.AfterStep = done =>
        {
            if (done.Step == 20)
            {
                done.ScaleRates(double.PositiveInfinity);
            }
        });

        await new RunHarness(RunHarness.Recipe with { OnDivergence = "continue" }, store, grains).RunAsync(factory);

        Assert.Single(Kinds(grains, EventKinds.Diverged));
        var newest = await SnapshotReader.FindNewestAsync(store, RunHarness.Prefix, 0, Assert.Fail, CancellationToken.None);
        Assert.Equal(14, newest!.Manifest.Step);
    }

    private static IEnumerable<string> Kinds(FakeGrains grains, params string[] kinds)
        => grains.Coordinator.Events.Select(told => told.Kind).Where(kinds.Contains);
}
