using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Training.Steps;
using DistGan.Worker.Replicas;
using DistGan.Worker.Running;
using DistGan.Worker.Tests.Fakes;
using DistGan.Worker.Tests.Running;
using TorchSharp;

namespace DistGan.Worker.Tests.Cluster;

/// <summary>Four replicas on one silo, one of which cannot learn at the rate that it has drawn.</summary>
public sealed class PopulationTests : IDisposable
{
    private const string Rate = "generator.optimizer.rate";
    private const string Hopeless = "1.0e-06";
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Submit_OneWithAHopelessRate_TakesThePlaceOfABetterOne()
    {
        var (recipe, hopeless) = Population();
        using var evaluations = new Barrier(4);
        var factory = new HookedFactory((_, replica) => Meet(evaluations, replica.Step)) { Score = DistanceFromTheRing };
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 4, factory);

        await run.SubmitAsync(recipe);
        var told = new List<JobEvent>();
        var end = await run.WatchAsync("the end", progress =>
        {
            told.AddRange(progress.Events);
            return progress.State is JobState.Completed or JobState.Failed;
        });

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.Equal(Enumerable.Repeat(240L, 4), end.Replicas.Select(static replica => replica.Step));
        var exploited = told.First(entry => entry.Kind == EventKinds.Exploited && entry.Replica == hopeless);
        Assert.NotEqual(hopeless, (int)exploited.Data["donor"]);
        Assert.Equal(1e-6, exploited.Data[$"{Rate}.from"]);
        Assert.True(exploited.Data["donor_fid"] < exploited.Data["fid"], exploited.Message);
        Assert.Contains($"{Rate} {Hopeless} → ", exploited.Message, StringComparison.Ordinal);

        // Its next score is of the other one's weights, some steps on.
        var scores = told.Where(entry => entry.Kind == EventKinds.Evaluated && entry.Replica == hopeless).ToList();
        var next = scores.First(entry => entry.Data["step"] > exploited.Data["step"]);
        Assert.True(next.Epoch > exploited.Epoch, "It went on under the same epoch.");
        var nearer = exploited.Data["fid"] - (0.25 * (exploited.Data["fid"] - exploited.Data["donor_fid"]));
        Assert.True(next.Data["fid"] < nearer, $"{exploited.Message} After it: {next.Data["fid"]}.");
        await AssertKeptAsync(run, recipe, end);
    }

    [Fact]
    public async Task Submit_OneThatCannotGoOn_GoesOnFromAnotherAndCompletes()
    {
        using var canGive = new ManualResetEventSlim();
        var failed = 0;
        var factory = new HookedFactory((ordinal, replica) =>
        {
            if (ordinal == 1 && replica.Step == 100 && Interlocked.Increment(ref failed) == 1)
            {
                Assert.True(canGive.Wait(EmbeddedRun.Deadline), "Waited for a score and a snapshot of replica 0.");
                throw new DivergedException("Replica 1 has a rate that is too much for it.");
            }
        }) { Score = DistanceFromTheRing };
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 2, factory);

        await run.SubmitAsync(Ring(1) with { OnDivergence = "stop", Topology = TopologyOf(2, everySteps: 1000) });
        var told = new List<JobEvent>();
        var end = await run.WatchAsync("the end", progress =>
        {
            told.AddRange(progress.Events);
            if (told.Where(static entry => entry.Replica == 0).Select(static entry => entry.Kind).ToHashSet().IsSupersetOf([EventKinds.Evaluated, EventKinds.Snapshot]))
            {
                canGive.Set();
            }

            return progress.State is JobState.Completed or JobState.Failed;
        });

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.Equal([240L, 240L], end.Replicas.Select(static replica => replica.Step));
        var exploited = told.Single(static entry => entry.Kind == EventKinds.Exploited);
        Assert.Equal((1, 0.0), (exploited.Replica, exploited.Data["donor"]));
        Assert.Contains("too much for it", exploited.Message, StringComparison.Ordinal);
    }

    /// <summary>Nobody is evaluated before all are as far, so that each is compared with the others; one that starts again does no step twice.</summary>
    private static void Meet(Barrier evaluations, long step)
    {
        if (step % 40 == 0 && !evaluations.SignalAndWait(EmbeddedRun.Deadline))
        {
            throw new TimeoutException($"Waited {EmbeddedRun.Deadline.TotalSeconds} s for the other replicas at step {step}.");
        }
    }

    /// <summary>What replicas have in place of the recipe is in the summary, and the recipe of the run is the job's own.</summary>
    private static async Task AssertKeptAsync(EmbeddedRun run, Recipe recipe, JobSummary end)
    {
        var summary = JsonNode.Parse((await run.Store.GetAsync(RunFiles.Summary, CancellationToken.None))!.Content.Span)!;
        foreach (var replica in end.Replicas)
        {
            Assert.Equal(ReplicaOutcome.Completed, replica.Outcome);
            Assert.Equal(double.Parse(replica.Overrides[Rate], System.Globalization.CultureInfo.InvariantCulture), (double)summary["replicas"]![replica.Replica]!["overrides"]![Rate]!);
        }

        var stored = RecipeReader.Parse(System.Text.Encoding.UTF8.GetString((await run.Store.GetAsync(RunFiles.Recipe, CancellationToken.None))!.Content.Span), RunFiles.Recipe);
        Assert.Equal(recipe.Generator.Optimizer.Rate, stored.Generator.Optimizer.Rate);
    }

    /// <summary>The first seed with which exactly one of four draws a rate at which nothing is learnt, and none again when it is replaced.</summary>
    private static (Recipe Recipe, int Hopeless) Population()
    {
        for (var seed = 1; ; seed++)
        {
            var recipe = Ring(seed) with { Topology = TopologyOf(4, everySteps: 80) };
            var bad = Enumerable.Range(0, 4).Where(replica => MemberValues.Initial(recipe, replica)[Rate] == Hopeless).ToList();
            if (bad.Count == 1 && new[] { 80, 120, 160, 200 }.All(step => ChangedAt(recipe, bad[0], step) != Hopeless))
            {
                return (recipe, bad[0]);
            }
        }
    }

    private static Recipe Ring(long seed) => RealReplicaTests.Ring with
    {
        Name = "ring",
        Seed = seed,
        Budget = new BudgetRecipe { Steps = 240 },
        Generator = RealReplicaTests.Ring.Generator with { Optimizer = new AdamRecipe { Rate = 1e-3 } },
        Discriminator = RealReplicaTests.Ring.Discriminator with { Optimizer = new AdamRecipe { Rate = 1e-3 } },
        Evaluation = RealReplicaTests.Ring.Evaluation! with { EverySteps = 40 },
        Snapshots = new SnapshotsRecipe { EverySteps = 40 },
    };

    private static TopologyRecipe TopologyOf(int replicas, int everySteps) => RealReplicaTests.Ring.Topology with
    {
        Kind = "population", Replicas = replicas, Population = new PopulationRecipe { EverySteps = everySteps, Factors = ["1", "0.001"], Vary = [Rate] },
    };

    private static string ChangedAt(Recipe recipe, int replica, long step)
    {
        var draws = PopulationRule.Draws(recipe.Seed, replica, step);
        draws.Next(1); // which of the best, of whom there is one
        return MemberValues.Vary(recipe, MemberValues.Initial(recipe, 0), draws)[Rate];
    }

    /// <summary>How far generated points are from the circle on which the data lie, in the mean.</summary>
    private static Evaluation DistanceFromTheRing(IReplica replica)
    {
        using var scope = torch.NewDisposeScope();
        var distance = replica.Sample("evaluation", 256).square().sum([1]).sqrt().sub(1).abs().mean().item<float>();
        return new Evaluation(new Dictionary<string, double> { [MetricNames.Fid] = distance }, null, new JsonObject());
    }
}
