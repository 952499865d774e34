using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Training.Snapshots;
using DistGan.Worker.Champions;
using DistGan.Worker.Replicas;
using DistGan.Worker.Snapshots;
using DistGan.Worker.Tests.Fakes;
using DistGan.Worker.Tests.Running;

namespace DistGan.Worker.Tests.Champions;

/// <summary>Runs that keep champions, on the grid, whose middle mode an untrained generator makes already.</summary>
public sealed class RunChampionsTests
{
    private const int Middle = 12;

    private static readonly Recipe Grid = RealReplicaTests.Ring with
    {
        Data = new DataRecipe { Name = "grid" },
        Techniques = RealReplicaTests.Ring.Techniques with { ModeChampions = new ModeChampionsRecipe { Samples = 1000 } },
    };

    [Fact]
    public async Task Run_Evaluated_KeepsAChampionThatIsWholeAndTellsOfIt()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());

        await RunAsync(Grid, store, grains, epoch: 1, ReplicaOutcome.Completed);

        var champion = (await ReadAsync(store)).Single(static kept => kept.Mode == Middle);
        Assert.Equal((0, 1L), (champion.Replica, champion.Epoch));
        Assert.InRange(champion.Samples, ChampionRule.LeastSamples, 1000);
        Assert.InRange(champion.Quality, double.Epsilon, 1);
        var weights = await ChampionFiles.WeightsAsync(store, RunHarness.Prefix, champion, CancellationToken.None);
        Assert.All(weights, static array => Assert.Equal("F32", array.Type));
        var told = grains.Coordinator.Events.Last(static told => told.Kind == EventKinds.Champion && told.Data["mode"] == Middle);
        Assert.Equal((champion.Step, champion.Quality), ((long)told.Data["step"], told.Data["quality"]));
        Assert.Equal($"champions/r0/{champion.Name}", told.File);
    }

    [Fact]
    public async Task Run_WithChampions_TrainsTheSameBytes()
    {
        var (with, without) = (new MemoryStore(), new MemoryStore());
        await RunAsync(Grid, with, new FakeGrains(), epoch: 1, ReplicaOutcome.Completed);
        await RunAsync(Grid with { Techniques = RealReplicaTests.Ring.Techniques }, without, new FakeGrains(), epoch: 1, ReplicaOutcome.Completed);

        Assert.Equal(await HashesAsync(without), await HashesAsync(with));
        Assert.DoesNotContain(without.Objects.Keys, static name => name.Contains("champions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_InterruptedAndResumed_EndsWithTheSameChampions()
    {
        var parts = new MemoryStore();
        var grains = new FakeGrains();
        grains.Coordinator.Answer = static report => new Directives { Interrupt = report.Progress.Step >= 20 };
        await RunAsync(Grid with { Budget = new BudgetRecipe { Steps = 1_000_000 } }, parts, grains, epoch: 1, ReplicaOutcome.Interrupted);
        var goal = (await SnapshotReader.FindNewestAsync(parts, RunHarness.Prefix, 0, Assert.Fail, CancellationToken.None))!.Manifest.Step + 40;
        await RunAsync(Grid with { Budget = new BudgetRecipe { Steps = goal } }, parts, new FakeGrains(), epoch: 2, ReplicaOutcome.Completed);

        var unbroken = new MemoryStore();
        await RunAsync(Grid with { Budget = new BudgetRecipe { Steps = goal } }, unbroken, new FakeGrains(), epoch: 1, ReplicaOutcome.Completed);
        Assert.Equal((await ReadAsync(unbroken)).Select(Facts), (await ReadAsync(parts)).Select(Facts));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task Run_ChampionsOfBefore_AreChallengedWhereItResumesAndForgottenWhereItBeginsAnew(long epoch, bool kept)
    {
        var store = new MemoryStore();
        NamedArray[] weights = [new("w", "U8", [1], new byte[] { 1 })];
        var (weak, strong) = (Pack(Middle, 1e-9), Pack(24, 1));
        await ChampionFiles.WriteAsync(store, RunHarness.Prefix, 0, [weak.Champion, strong.Champion], [weak, strong], CancellationToken.None);

        await RunAsync(Grid, store, new FakeGrains(), epoch, ReplicaOutcome.Completed);

        var champions = await ReadAsync(store);
        Assert.True(champions.Single(static champion => champion.Mode == Middle).Quality > 1e-3);
        Assert.Equal(kept, champions.Contains(strong.Champion));
        Assert.Equal(kept, store.Objects.ContainsKey($"{RunHarness.Prefix}champions/r0/{strong.Champion.Name}"));
        Assert.False(store.Objects.ContainsKey($"{RunHarness.Prefix}champions/r0/{weak.Champion.Name}"));

        (Champion Champion, byte[] Content) Pack(int mode, double quality) => ChampionFiles.Pack(0, 1, 7, mode, new ModeQuality(300, quality, 1e-9), weights);
    }

    private static (int, long, double, string) Facts(Champion champion) => (champion.Mode, champion.Step, champion.Quality, champion.Sha256);

    private static Task<IReadOnlyList<Champion>> ReadAsync(MemoryStore store)
        => ChampionFiles.ReadAsync(store, RunHarness.Prefix, 0, Assert.Fail, CancellationToken.None);

    private static async Task RunAsync(Recipe recipe, MemoryStore store, FakeGrains grains, long epoch, ReplicaOutcome outcome)
    {
        var started = await new RunHarness(recipe, store, grains).RunAsync(new TrainingReplicaFactory(), epoch, resume: epoch > 1);
        Assert.True(started.Started, started.Refusal);
        var end = await grains.Coordinator.End.Task;
        Assert.True(end.Outcome == outcome, $"{end.Outcome}: {end.Failure}");
    }

    private static async Task<SortedDictionary<string, string>> HashesAsync(MemoryStore store)
    {
        var manifest = (await SnapshotReader.FindNewestAsync(store, RunHarness.Prefix, 0, Assert.Fail, CancellationToken.None))!.Manifest;
        return new(manifest.Files.Where(static file => file.Key != "state.json").ToDictionary(static file => file.Key, static file => file.Value.Sha256));
    }
}
