using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Worker.Replicas;
using DistGan.Worker.Snapshots;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Running;

/// <summary>Runs that go on from the weights of another replica.</summary>
public sealed class DonorTests : IAsyncLifetime
{
    private readonly MemoryStore _store = new();
    private StoredSnapshot _donor = null!;
    private StoredSnapshot _own = null!;

    public async ValueTask InitializeAsync()
    {
        await RunAsync(ordinal: 1, epoch: 1, steps: 28);
        await RunAsync(ordinal: 0, epoch: 1, steps: 42);
        (_donor, _own) = (await NewestAsync(1), await NewestAsync(0));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Run_WithADonor_HasItsWeightsAtItsOwnStepAndSaysSoInASnapshotAtOnce()
    {
        await RunAsync(ordinal: 0, epoch: 3, steps: 42, donor: _donor.Folder);

        var newest = await NewestAsync(0);
        Assert.Equal((42L, 3L), (newest.Manifest.Step, newest.Manifest.Epoch));
        Assert.NotEqual(Weights(_own), Weights(_donor));
        Assert.Equal(Weights(_donor), Weights(newest));
    }

    [Fact]
    public async Task Run_WithADonorThatItHasTakenAlready_GoesOnFromItsOwnSnapshot()
    {
        await RunAsync(ordinal: 0, epoch: 3, steps: 49, donor: _donor.Folder);
        await RunAsync(ordinal: 0, epoch: 4, steps: 49, donor: _donor.Folder);

        var newest = await NewestAsync(0);
        Assert.Equal((49L, 3L), (newest.Manifest.Step, newest.Manifest.Epoch));
        Assert.NotEqual(Weights(_donor), Weights(newest));
    }

    [Fact]
    public async Task Run_SnapshotOfTheDonorIsGone_TakesItsNewestAndWarns()
    {
        var grains = await RunAsync(ordinal: 0, epoch: 3, steps: 42, donor: RunHarness.Prefix + RunFiles.Snapshot(1, 21, 9));

        Assert.Equal(Weights(_donor), Weights(await NewestAsync(0)));
        Assert.Contains(grains.Coordinator.Events, static told => told.Kind == EventKinds.Warning && told.Message.Contains("step-00000021-e9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_DonorHasNoSnapshotAtAll_KeepsItsOwnWeights()
    {
        await RunAsync(ordinal: 0, epoch: 3, steps: 42, donor: RunHarness.Prefix + RunFiles.Snapshot(5, 21, 1));

        Assert.Equal(Weights(_own), Weights(await NewestAsync(0)));
    }

    private async Task<FakeGrains> RunAsync(int ordinal, long epoch, long steps, string? donor = null)
    {
        var grains = new FakeGrains();
        var recipe = RealReplicaTests.Ring with { Budget = new BudgetRecipe { Steps = steps }, Evaluation = null };
        var harness = new RunHarness(recipe, _store, grains)
        {
            Assign = assignment => assignment with { Replica = assignment.Replica with { Ordinal = ordinal }, Donor = donor?[RunHarness.Prefix.Length..], DonorSince = 1 },
        };
        var started = await harness.RunAsync(new TrainingReplicaFactory(), epoch, resume: epoch > 1);
        Assert.True(started.Started, started.Refusal);
        var end = await grains.Coordinator.End.Task;
        Assert.True(end.Outcome == ReplicaOutcome.Completed, end.Failure);
        return grains;
    }

    private async Task<StoredSnapshot> NewestAsync(int replica)
        => (await SnapshotReader.FindNewestAsync(_store, RunHarness.Prefix, replica, Assert.Fail, CancellationToken.None))!;

    private static string Weights(StoredSnapshot snapshot) => snapshot.Manifest.Files["generator.safetensors"].Sha256;
}
