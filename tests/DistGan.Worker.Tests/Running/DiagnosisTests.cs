using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Training.Steps;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Running;

public sealed class DiagnosisTests
{
    private static readonly Dictionary<string, double> Overpowered = new() { [MetricNames.RealAccuracy] = 1, [MetricNames.FakeAccuracy] = 1 };

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Run_ReportsThatShowASymptom_TellItOnceUnlessTheRecipeSaysNot(bool diagnosis, int times)
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());

        await new RunHarness(RunHarness.Recipe with { Diagnosis = diagnosis }, store, grains).RunAsync(new FakeFactory(static replica => replica.Reported = Overpowered));

        var told = grains.Coordinator.Events.Where(static told => told.Kind == EventKinds.Diagnosis && told.Message.Contains("discriminator-overpowers", StringComparison.Ordinal)).ToList();
        Assert.Equal(times, told.Count);
        Assert.All(told, static finding =>
        {
            Assert.StartsWith("Replica 0, step 25, discriminator-overpowers: ", finding.Message, StringComparison.Ordinal);
            Assert.Equal((25.0, 1.0, 1.0), (finding.Data["step"], finding.Data[MetricNames.RealAccuracy], finding.Data[MetricNames.FakeAccuracy]));
        });
    }

    [Theory]
    [InlineData(16, new double[0], new double[] { 25 })]
    [InlineData(30, new double[] { 25 }, new double[0])]
    public async Task Run_Resumed_TellsASymptomAsIfNothingHappened(int stopsAt, double[] before, double[] after)
    {
        var (store, first, second) = (new MemoryStore(), new FakeGrains(), new FakeGrains());
        var factory = new FakeFactory(static replica => replica.Reported = Overpowered);

        await new RunHarness(RunHarness.Recipe with { Budget = new() { Steps = stopsAt } }, store, first).RunAsync(factory);
        await new RunHarness(RunHarness.Recipe, store, second).RunAsync(factory, epoch: 2, resume: true);

        Assert.Equal(before, Told(first));
        Assert.Equal(after, Told(second));
    }

    [Fact]
    public async Task Run_ResumedFromASnapshotThatKnowsNoDiagnosis_BeginsAnew()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        var factory = new FakeFactory(static replica => replica.Reported = Overpowered);

        await new RunHarness(RunHarness.Recipe with { Budget = new() { Steps = 16 }, Diagnosis = false }, store, new FakeGrains()).RunAsync(factory);
        await new RunHarness(RunHarness.Recipe, store, grains).RunAsync(factory, epoch: 2, resume: true);

        Assert.Equal([40], Told(grains));
    }

    [Fact]
    public async Task Run_RolledBack_GoesOnWithWhatTheSnapshotKnew()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        var diverged = false;
        var factory = new FakeFactory(replica =>
        {
            replica.Reported = Overpowered;
            replica.Diverges = step => step == 40 && !diverged && (diverged = true);
        });

        await new RunHarness(RunHarness.Recipe, store, grains).RunAsync(factory);

        Assert.True(diverged);
        Assert.Equal([25], Told(grains));
    }

    /// <summary>A round has five steps here: what happens in one is told at its end.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(14)]
    public async Task Run_ParameterThatIsNotANumber_IsToldWithinFiveStepsAndTakenBack(int step)
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        var isBroken = false;
        var factory = new HookedFactory((_, replica) =>
        {
            if (replica.Step == step && !isBroken)
            {
                isBroken = true;
                ((Replica)replica).Generator.Parameters.Values[0] = float.NaN;
            }
        });

        await new RunHarness(RealReplicaTests.Ring with { Snapshots = new() { EverySteps = 10 } }, store, grains).RunAsync(factory);

        var told = grains.Coordinator.Events.Where(static told => told.Kind == EventKinds.Diverged).ToList();
        Assert.InRange(Assert.Single(told).Data["step"], step + 1, step + 5);
        Assert.Equal(10, grains.Coordinator.Events.Single(static told => told.Kind == EventKinds.RolledBack).Data["step"]);
        Assert.Equal(ReplicaOutcome.Completed, (await grains.Coordinator.End.Task).Outcome);
    }

    private static double[] Told(FakeGrains grains)
        => [.. grains.Coordinator.Events.Where(static told => told.Kind == EventKinds.Diagnosis && told.Message.Contains("discriminator-overpowers", StringComparison.Ordinal)).Select(static told => told.Data["step"])];
}
