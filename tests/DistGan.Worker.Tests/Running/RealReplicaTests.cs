using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Worker.Replicas;
using DistGan.Worker.Snapshots;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Running;

/// <summary>The runner with replicas that really train, on a small ring.</summary>
public sealed class RealReplicaTests
{
    internal static readonly Recipe Ring = RunHarness.Recipe with
    {
        Data = new DataRecipe { Name = "ring" },
        Generator = new PlayerRecipe { Network = "mlp", Width = 16, Depth = 2 },
        Discriminator = new PlayerRecipe { Network = "mlp", Width = 16, Depth = 2 },
        Latent = new LatentRecipe { Size = 4 },
        Balance = new StaticBalanceRecipe { Discriminator = 2 },
        Techniques = RunHarness.Recipe.Techniques with { Ema = new ExponentialMovingAverageRecipe() },
        Evaluation = new EvaluationRecipe { EverySteps = 20, Samples = 64 },
        Precision = "float32",
        Threads = 1,
        Batch = 16,
    };

    [Theory]
    [InlineData("parallel", "none")]
    [InlineData("half", "none")]
    [InlineData("pool", "none")]
    [InlineData("parallel", "cgan")]
    [InlineData("half", "acgan")]
    [InlineData("pool", "projection")]
    [InlineData("half", "infogan")]
    public async Task Run_InterruptedAndResumed_EndsWithTheSameBytes(string mode, string conditioning)
    {
        var recipe = Ring with { Conditioning = RecipeKinds.Conditionings[conditioning](), Techniques = Ring.Techniques with { ExperienceReplay = new ExperienceReplayRecipe { Mode = mode } } };
        var parts = new MemoryStore();
        var grains = new FakeGrains();
        grains.Coordinator.Answer = static report => new Directives { Interrupt = report.Progress.Step >= 20 };
        await RunAsync(recipe with { Budget = new BudgetRecipe { Steps = 1_000_000 } }, parts, grains, epoch: 1, ReplicaOutcome.Interrupted);
        var at = await NewestAsync(parts);
        var resumed = new FakeGrains();
        var goal = at.Manifest.Step + 40;
        await RunAsync(recipe with { Budget = new BudgetRecipe { Steps = goal } }, parts, resumed, epoch: 2, ReplicaOutcome.Completed);

        var unbroken = new MemoryStore();
        await RunAsync(recipe with { Budget = new BudgetRecipe { Steps = goal } }, unbroken, new FakeGrains(), epoch: 1, ReplicaOutcome.Completed);
        Assert.Equal(await HashesAsync(unbroken), await HashesAsync(parts));
    }

    [Fact]
    public async Task Run_Evaluated_WritesScoresWithProvenanceAndMarksTheSnapshot()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());

        await RunAsync(Ring, store, grains, epoch: 1, ReplicaOutcome.Completed);

        var line = JsonNode.Parse(Encoding.UTF8.GetString(store.Objects[$"{RunHarness.Prefix}evaluation.jsonl"]).Split('\n')[^2])!;
        Assert.Equal(60, line["step"]!.GetValue<int>());
        Assert.InRange(line["scores"]![MetricNames.Modes]!.GetValue<double>(), 0, 8);
        Assert.Equal(64, line["provenance"]!["modes"]!["samples"]!.GetValue<int>());
        var score = (await NewestAsync(store)).Manifest.Score;
        Assert.Equal(new SnapshotScore(MetricNames.Modes, line["scores"]![MetricNames.Modes]!.GetValue<double>(), LowerIsBetter: false), score);
        Assert.Contains(grains.Coordinator.Events, told => told.Kind == EventKinds.Evaluated && told.Data.ContainsKey(MetricNames.Modes));
        Assert.True(store.Objects[$"{RunHarness.Prefix}samples/step-00000060.png"].AsSpan().StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']));
    }

    [Fact]
    public async Task Run_WithLabels_ScoresThemAndKeepsTheClassesWithTheSnapshot()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());

        await RunAsync(Ring with { Conditioning = new ConditionalGanRecipe(), Evaluation = Ring.Evaluation! with { Metrics = ["modes", MetricNames.LabelAccuracy] } }, store, grains, epoch: 1, ReplicaOutcome.Completed);

        var line = JsonNode.Parse(Encoding.UTF8.GetString(store.Objects[$"{RunHarness.Prefix}evaluation.jsonl"]).Split('\n')[^2])!;
        Assert.InRange(line["scores"]![MetricNames.LabelAccuracy]!.GetValue<double>(), 0, 1);
        var labels = (await NewestAsync(store)).Manifest.Labels!;
        Assert.Equal(Enumerable.Repeat(12_500L, 8), labels.Counts);
        Assert.Empty(labels.Names);
    }

    [Fact]
    public async Task Run_StartWeightsInTheRunFolder_BeginsWithThemEachTimeAlike()
    {
        var source = new MemoryStore();
        await RunAsync(Ring, source, new FakeGrains(), epoch: 1, ReplicaOutcome.Completed);
        var at = await NewestAsync(source);
        var file = StartFile(source, at);
        var (random, first, second) = (new MemoryStore(), new MemoryStore(), new MemoryStore());
        foreach (var store in new[] { first, second })
        {
            store.Objects[$"{RunHarness.Prefix}start/weights.safetensors"] = file;
            var recipe = Ring with { Start = new StartRecipe { Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)) } };
            await RunAsync(recipe, store, new FakeGrains(), epoch: 1, ReplicaOutcome.Completed);
        }

        await RunAsync(Ring, random, new FakeGrains(), epoch: 1, ReplicaOutcome.Completed);
        Assert.Equal(await HashesAsync(first), await HashesAsync(second));
        Assert.NotEqual((await HashesAsync(random))["generator.safetensors"], (await HashesAsync(first))["generator.safetensors"]);
        Assert.Equal((await HashesAsync(source))["generator.safetensors"], (await HashesAsync(random))["generator.safetensors"]);
    }

    [Theory]
    [InlineData(false, "has no such object")]
    [InlineData(true, "are not those")]
    public async Task Run_StartWeightsMissingOrChanged_IsRefusedInASentence(bool there, string expected)
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        if (there)
        {
            store.Objects[$"{RunHarness.Prefix}start/weights.safetensors"] = [1, 2, 3];
        }

        var recipe = Ring with { Start = new StartRecipe { Sha256 = new string('0', 64) } };
        var started = await new RunHarness(recipe, store, grains).RunAsync(new TrainingReplicaFactory());

        Assert.False(started.Started);
        Assert.Contains(expected, started.Refusal, StringComparison.Ordinal);
        Assert.Contains("start/weights.safetensors", started.Refusal, StringComparison.Ordinal);
    }

    private static byte[] StartFile(MemoryStore store, StoredSnapshot at)
    {
        IReadOnlyList<NamedArray> Read(string name) => Safetensors.Read(new MemoryStream(store.Objects[$"{at.Folder}{name}.safetensors"]), name);
        using var file = new MemoryStream();
        Safetensors.Write(file, new StartWeights(Read("generator"), Read("discriminator"), Read("ema")).ToArrays());
        return file.ToArray();
    }

    private static async Task RunAsync(Recipe recipe, MemoryStore store, FakeGrains grains, long epoch, ReplicaOutcome outcome)
    {
        var started = await new RunHarness(recipe, store, grains).RunAsync(new TrainingReplicaFactory(), epoch, resume: epoch > 1);
        Assert.True(started.Started, started.Refusal);
        var end = await grains.Coordinator.End.Task;
        Assert.True(end.Outcome == outcome, $"{end.Outcome}: {end.Failure}");
    }

    private static async Task<StoredSnapshot> NewestAsync(MemoryStore store)
        => (await SnapshotReader.FindNewestAsync(store, RunHarness.Prefix, 0, Assert.Fail, CancellationToken.None))!;

    /// <summary>Hashes of everything that the replica is, by file.</summary>
    private static async Task<SortedDictionary<string, string>> HashesAsync(MemoryStore store)
    {
        var manifest = (await NewestAsync(store)).Manifest;
        return new(manifest.Files.Where(file => file.Key != "state.json").ToDictionary(file => file.Key, file => file.Value.Sha256));
    }
}
