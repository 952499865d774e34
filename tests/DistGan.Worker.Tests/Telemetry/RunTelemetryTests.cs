using System.Diagnostics.Metrics;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Telemetry;
using DistGan.Recipes;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Telemetry;

/// <summary>The counters of a replica while a runner trains it.</summary>
public sealed class RunTelemetryTests
{
    private readonly ReplicaId _replica = new(new JobId($"job-{Guid.NewGuid():n}"), 0);
    private readonly MemoryStore _store = new();
    private readonly Dictionary<string, long> _counted = new(StringComparer.Ordinal);

    [Fact]
    public async Task Run_FreshAndThenResumed_CountsWhatEachHasTrained()
    {
        Assert.Equal((60, 480), await CountAsync(steps: 60, epoch: 1));

        // From the snapshot of step 60 on.
        Assert.Equal((30, 240), await CountAsync(steps: 90, epoch: 2));
    }

    /// <summary>Steps and images as they are shown after the last step of a run.</summary>
    private async Task<(long Steps, long Images)> CountAsync(long steps, long epoch)
    {
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == $"{Instruments.OfReplicas}{_replica}")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _counted[instrument.Name] = value);
        listener.Start();
        var recipe = RunHarness.Recipe with { Budget = new BudgetRecipe { Steps = steps } };
        var harness = new RunHarness(recipe, _store, new FakeGrains()) { Assign = assignment => assignment with { Replica = _replica } };
        var started = await harness.RunAsync(
            new FakeFactory(replica => replica.AfterStep = done =>
            {
                if (done.Step == steps)
                {
                    listener.RecordObservableInstruments();
                }
            }),
            epoch,
            resume: epoch > 1);
        Assert.True(started.Started, started.Refusal);
        return (_counted["distgan.steps"], _counted["distgan.images"]);
    }
}
