using DistGan.Recipes;
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
}
