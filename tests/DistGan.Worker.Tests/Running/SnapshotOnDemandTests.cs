using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Running;

public sealed class SnapshotOnDemandTests
{
    [Fact]
    public async Task Run_ASnapshotIsAskedForInManyAnswers_TakesOneAndTrainsOn()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        grains.Coordinator.Answer = report => new Directives
        {
            Snapshot = report.Progress.Step >= 10 ? 1 : 0,
            Interrupt = Snapshots(grains).Any(step => report.Progress.Step >= step + 100),
        };

        await new RunHarness(RunHarness.Recipe with { Budget = new BudgetRecipe { Steps = 100_000_000 }, Snapshots = new SnapshotsRecipe { EverySteps = 100_000_000 } }, store, grains).RunAsync(new FakeFactory());

        var steps = Snapshots(grains);
        Assert.Equal(2, steps.Count);
        Assert.True(steps[0] >= 10 && steps[1] >= steps[0] + 100, $"Snapshots of steps {string.Join(", ", steps)}.");
    }

    [Fact]
    public async Task Run_ASnapshotIsCommitted_ItsEventHasWhatWasTrainedUntilThen()
    {
        var grains = new FakeGrains();

        await new RunHarness(RunHarness.Recipe, new MemoryStore(), grains).RunAsync(new FakeFactory());

        var end = await grains.Coordinator.End.Task.WaitAsync(RunHarness.Deadline);
        var last = grains.Coordinator.Events.Last(static entry => entry.Kind == EventKinds.Snapshot).Data;
        Assert.Equal((end.Step, end.Images), ((long)last["step"], (long)last["images"]));
        Assert.InRange(last["seconds"], double.Epsilon, end.Seconds);
    }

    private static List<double> Snapshots(FakeGrains grains)
        => [.. grains.Coordinator.Events.Where(static entry => entry.Kind == EventKinds.Snapshot).Select(static entry => entry.Data["step"])];
}
