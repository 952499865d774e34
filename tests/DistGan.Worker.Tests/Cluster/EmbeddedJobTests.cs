using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Recipes;
using DistGan.Worker.Replay;
using DistGan.Worker.Snapshots;
using DistGan.Worker.Tests.Running;
using Orleans.Core.Internal;

namespace DistGan.Worker.Tests.Cluster;

/// <summary>Jobs through the real grains, on one silo and a real folder.</summary>
public sealed class EmbeddedJobTests : IDisposable
{
    private static readonly Recipe Endless = RealReplicaTests.Ring with { Name = "ring", Budget = new BudgetRecipe { Steps = 1_000_000 } };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Submit_InterruptedAndResumedInAnotherSilo_EndsWithTheSameBytes()
    {
        await using (var first = await EmbeddedRun.StartAsync(Folder("parts")))
        {
            await first.SubmitAsync(Endless);
            await first.WatchAsync("step 20", static progress => progress.Reports.Any(report => report.Step >= 20));
            await first.InterruptAsync();
            Assert.Equal(JobState.Interrupted, (await first.EndAsync()).State);
        }

        await using var parts = await EmbeddedRun.StartAsync(Folder("parts"));
        var goal = Endless with { Budget = new BudgetRecipe { Steps = (await NewestAsync(parts)).Manifest.Step + 40 } };
        await parts.SubmitAsync(goal, resume: true);
        var end = await parts.EndAsync();
        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.Equal(goal.Budget.Steps, end.Steps);

        Assert.Equal(await UnbrokenAsync(goal), await HashesAsync(parts));
    }

    [Fact]
    public async Task Submit_ImagesAlteredInTheReplayGrain_ChangeWhatIsTrained()
    {
        await using var altered = await EmbeddedRun.StartAsync(Folder("altered"));
        await altered.SubmitAsync(Endless);
        await altered.WatchAsync("step 20", static progress => progress.Reports.Any(report => report.Step >= 20));
        var grain = ShardOf(altered);
        await grain.RestoreAsync(new ReplayChunk { Groups = [new ReplayGroupHeader(0, 1, 5000)], Images = new byte[5000 * 8] });
        var after = (await altered.WatchAsync("a report", static progress => progress.Reports.Count > 0)).Steps;
        await altered.WatchAsync("two more rounds", progress => progress.Reports.Any(report => report.Step >= after + 20));
        await altered.InterruptAsync();
        await altered.EndAsync();

        var goal = Endless with { Budget = new BudgetRecipe { Steps = (await NewestAsync(altered)).Manifest.Step } };
        var (unbroken, changed) = (await UnbrokenAsync(goal), await HashesAsync(altered));
        Assert.NotEqual(unbroken["discriminator.safetensors"], changed["discriminator.safetensors"]);
    }

    [Fact]
    public async Task Submit_ReplayGrainLosesItsContent_TrainingGoesOnAndTheLinkRecovers()
    {
        await using var run = await EmbeddedRun.StartAsync(Folder("lost"));
        await run.SubmitAsync(Endless);
        await run.WatchAsync("step 20", static progress => progress.Reports.Any(report => report.Step >= 20));

        await ShardOf(run).Cast<IGrainManagementExtension>().DeactivateOnIdle();

        await run.WatchAsync(EventKinds.ReplayRecovered, static progress => progress.Events.Any(entry => entry.Kind == EventKinds.ReplayRecovered));
        await run.InterruptAsync();
        Assert.Equal(JobState.Interrupted, (await run.EndAsync()).State);
    }

    [Fact]
    public async Task Submit_ReplayGrainStopsForGood_TrainingGoesOnAndStalenessGrows()
    {
        var stop = new StoppableReplay();
        await using var run = await EmbeddedRun.StartAsync(Folder("stopped"), configure: silo => silo.AddIncomingGrainCallFilter(stop));
        await run.SubmitAsync(Endless);
        var before = (await run.WatchAsync("a report with replay", static progress => progress.Reports.Any(static report => report.Values.GetValueOrDefault(MetricNames.ReplayFill) > 0))).Steps;

        stop.IsStopped = true;

        var stale = new SortedDictionary<long, double>();
        await run.WatchAsync("ten stale reports", progress =>
        {
            foreach (var report in progress.Reports.Where(report => report.Step > before && report.Values.GetValueOrDefault(MetricNames.ReplayStalenessSteps) > 2 * Endless.Topology.RoundSteps))
            {
                stale[report.Step] = report.Values[MetricNames.ReplayStalenessSteps];
                Assert.True(double.IsFinite(report.Values[MetricNames.DiscriminatorLoss]));
            }

            return stale.Count >= 10;
        });
        Assert.Equal(stale.Values.Order(), stale.Values);
        Assert.Equal(stale.Keys.Last() - stale.Keys.First(), stale.Values.Last() - stale.Values.First());
        await run.InterruptAsync();
        Assert.Equal(JobState.Interrupted, (await run.EndAsync()).State);
    }

    private static IReplayBufferGrain ShardOf(EmbeddedRun run) => run.Grains.GetGrain<IReplayBufferGrain>(GrainId.Create(ReplayShardGrain.TypeName, $"{EmbeddedRun.Job.Value}/0"));

    private string Folder(string name) => Path.Combine(_folder, name);

    private async Task<SortedDictionary<string, string>> UnbrokenAsync(Recipe recipe)
    {
        await using var run = await EmbeddedRun.StartAsync(Folder("whole"));
        await run.SubmitAsync(recipe);
        await run.EndAsync();
        return await HashesAsync(run);
    }

    private static async Task<StoredSnapshot> NewestAsync(EmbeddedRun run)
        => (await SnapshotReader.FindNewestAsync(run.Store, "", 0, Assert.Fail, CancellationToken.None))!;

    private static async Task<SortedDictionary<string, string>> HashesAsync(EmbeddedRun run)
        => new((await NewestAsync(run)).Manifest.Files.Where(file => file.Key != "state.json").ToDictionary(file => file.Key, file => file.Value.Sha256));
}
