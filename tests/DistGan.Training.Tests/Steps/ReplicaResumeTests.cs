using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Objectives;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using static DistGan.Training.Tests.Steps.TinyRecipes;

namespace DistGan.Training.Tests.Steps;

public sealed class ReplicaResumeTests
{
    private const int Steps = 7;

    /// <summary>Optimisers with everything that they may remember, on schedules that change the rate in every step.</summary>
    private static readonly Dictionary<string, OptimizerRecipe> Optimizers = new()
    {
        ["adam"] = new AdamRecipe { Rate = 1e-3, Schedule = new LinearScheduleRecipe { Start = 0, To = 0.1 } },
        ["rmsprop"] = new RmsPropRecipe { Rate = 1e-3, Momentum = 0.5, Schedule = new CosineScheduleRecipe { WarmUpSteps = 3 } },
        ["sgd"] = new SgdRecipe { Rate = 1e-2, Momentum = 0.9, Nesterov = true, Schedule = new LinearScheduleRecipe { Start = 0.3 } },
        ["sgd without momentum"] = new SgdRecipe { Rate = 1e-2 },
    };

    public static TheoryData<string> OptimizerNames => [.. Optimizers.Keys];

    public static TheoryData<string?, int, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string?, int, string, string>();
            foreach (var replay in new[] { null, "parallel", "half", "pool" })
            {
                foreach (var objective in new[] { "non-saturating", "wgan-gp" })
                {
                    cases.Add(replay, 1, "bfloat16", objective);
                    cases.Add(replay, 2, "bfloat16", objective);
                    cases.Add(replay, 1, "float32", objective);
                    cases.Add(replay, 2, "float32", objective);
                }
            }

            // The others meet replay and balance in the same places.
            foreach (var objective in ObjectiveCatalog.Makers.Keys.Except(["non-saturating", "wgan-gp"]))
            {
                cases.Add("parallel", 2, "bfloat16", objective);
                cases.Add("half", 1, "float32", objective);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Restore_AtAnyStep_GoesOnAsIfNothingHappened(string? replay, int updates, string precision, string objective)
    {
        // Both kinds of network; the small one keeps the many runs short.
        var recipe = Of(precision == "bfloat16" ? "dcgan" : "mlp", replay, everything: true) with
        {
            Balance = new StaticBalanceRecipe { Discriminator = updates },
            Precision = precision,
            Topology = new TopologyRecipe { RoundSteps = 2 },
        };
        AssertGoesOn(recipe.With(objective));
    }

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Restore_WithAnyOptimizerAndSchedule_GoesOnAsIfNothingHappened(string optimizer)
    {
        var tiny = Of("mlp");
        AssertGoesOn(tiny with
        {
            Generator = tiny.Generator with { Optimizer = Optimizers[optimizer] },
            Discriminator = tiny.Discriminator with { Optimizer = Optimizers[optimizer] },
            Budget = new BudgetRecipe { Steps = Steps },
            Topology = new TopologyRecipe { RoundSteps = 1 },
        });
    }

    [Theory]
    [InlineData("bfloat16", true)]
    [InlineData("float32", false)]
    public void Restore_WithFeatureMatching_GoesOnAsIfNothingHappened(string precision, bool replace)
    {
        var recipe = Of(precision == "bfloat16" ? "dcgan" : "mlp", "parallel", everything: true);
        AssertGoesOn(recipe with
        {
            Precision = precision,
            Balance = new StaticBalanceRecipe { Generator = 2 },
            Techniques = recipe.Techniques with { FeatureMatching = new FeatureMatchingRecipe { Replace = replace } },
        });
    }

    [Theory]
    [InlineData("bfloat16", 1, 2)]
    [InlineData("float32", 2, 3)]
    public void Restore_WithTheLastValuesOfParameters_GoesOnAsIfNothingHappened(string precision, int every, int last)
    {
        var recipe = Of(precision == "bfloat16" ? "dcgan" : "mlp", "half", everything: true);
        AssertGoesOn(recipe with
        {
            Precision = precision,
            Balance = new StaticBalanceRecipe { Discriminator = 2 },
            Techniques = recipe.Techniques with { HistoricalAveraging = new() { Kind = "last", Weight = 0.1, Last = last, EverySteps = every } },
        });
    }

    public static TheoryData<string, string> Rewriting
        => [.. RewritingTechniques.Names.SelectMany(static name => new (string, string)[] { (name, "float32"), (name, "bfloat16") })];

    [Theory]
    [MemberData(nameof(Rewriting))]
    public void Restore_WithARewritingTechnique_GoesOnAsIfNothingHappened(string technique, string precision)
        => AssertGoesOn(RewritingTechniques.Of(technique, precision == "bfloat16" ? "dcgan" : "mlp") with { Precision = precision, Topology = new TopologyRecipe { RoundSteps = 2 } });

    [Theory]
    [InlineData("loss-change")]
    [InlineData("accuracy-gate")]
    [InlineData("sign-control")]
    public void Restore_WithABalanceThatReads_GoesOnAsIfNothingHappened(string kind)
        => AssertGoesOn(Of("mlp", "parallel", everything: true) with { Balance = BalanceOf(kind) });

    [Theory]
    [InlineData("float32", 0)]
    [InlineData("bfloat16", 2)]
    public void Restore_WithPenaltiesAugmentationAndUnrolling_GoesOnAsIfNothingHappened(string precision, int unrolled)
    {
        var recipe = Of(precision == "bfloat16" ? "dcgan" : "mlp", unrolled == 0 ? "parallel" : null);
        AssertGoesOn(recipe with
        {
            Precision = precision,
            Balance = new StaticBalanceRecipe { Discriminator = 2, Generator = 2 },
            Techniques = recipe.Techniques with
            {
                R1 = new() { Every = 3 },
                R2 = new(),
                Diffaugment = new(),
                Unrolling = new() { Steps = unrolled },
            },
        });
    }

    public static TheoryData<string, string?> Conditioned
        => [.. RecipeKinds.Conditionings.Keys.Except(["none"]).SelectMany(static kind => new[] { null, "parallel", "half", "pool" }.Where(replay => kind != "infogan" || replay != "pool").Select(replay => (kind, replay)))];

    [Theory]
    [MemberData(nameof(Conditioned))]
    public void Restore_WithLabelsOrCodes_GoesOnAsIfNothingHappened(string kind, string? replay)
        => AssertGoesOn(Of("mlp", replay, everything: true) with
        {
            Conditioning = Conditioning(kind),
            Balance = new StaticBalanceRecipe { Discriminator = 2, Generator = 2 },
            Topology = new TopologyRecipe { RoundSteps = 2 },
        });

    private static void AssertGoesOn(Recipe recipe)
    {
        var (state, reports, between) = Uninterrupted(recipe);

        // Another run, of which no state was taken, ends alike.
        var again = LinksOf(recipe);
        using (var replica = Create(recipe, again.Links))
        {
            Advance(replica, Steps);
            AssertSame(state, replica.Capture());
            AssertSame(reports, again.Reported);
        }

        foreach (var (captured, links) in between)
        {
            using var replica = Create(recipe, links.Links);
            replica.Restore(captured);
            Assert.Equal(captured.Step, replica.Step);
            Advance(replica, (int)(Steps - captured.Step));
            AssertSame(state, replica.Capture());
            AssertSame(reports[^links.Reported.Count..], links.Reported);
        }
    }

    [Fact]
    public void Restore_OverAReplicaThatHasMovedOn_GoesBack()
    {
        var recipe = Of(replay: "half", everything: true);
        var (state, _, between) = Uninterrupted(recipe);
        var (captured, links) = between[3];
        var forwarding = LinksOf(recipe);
        using var replica = Create(recipe, forwarding.Links);
        Advance(replica, 8);

        replica.Restore(captured);

        AssertSame(Copy(captured), replica.Capture());
        Assert.NotEqual(state.Step, replica.Step);
        Assert.Equal(captured.Images, replica.Images);
        Assert.Empty(links.Reported);
    }

    [Fact]
    public void Restore_StateOfOtherNetworks_IsRefused()
    {
        using var replica = Create(Of("mlp"), new MemoryLinks(Shape).Links);
        using var other = Create(Of("dcgan"), new MemoryLinks(Shape).Links);

        Assert.Throws<DistGanException>(() => other.Restore(replica.Capture()));
    }

    [Fact]
    public void Capture_DivergedReplica_CanStillBeWritten()
    {
        using var replica = Create(Of("mlp"), new MemoryLinks(Shape).Links);
        replica.Generator.Parameters.Values.fill_(float.NaN);
        replica.Advance();

        var state = Copy(replica.Capture());
        replica.Restore(state);

        Assert.Equal(1, replica.Step);
    }

    private static (ReplicaState State, List<RoundReportLine> Reports, List<(ReplicaState State, MemoryLinks Links)> Between) Uninterrupted(Recipe recipe)
    {
        var links = LinksOf(recipe);
        using var replica = Create(recipe, links.Links);
        List<(ReplicaState, MemoryLinks)> between = [];
        for (var step = 1; step < Steps; step++)
        {
            replica.Advance();
            between.Add((Copy(replica.Capture()), links.Copy()));
        }

        replica.Advance();
        return (replica.Capture(), [.. links.Reported.Select(RoundReportLine.Of)], between);
    }

    /// <summary>The state as it comes back from a file: counters through JSON text.</summary>
    private static ReplicaState Copy(ReplicaState state)
        => state with { Counters = JsonNode.Parse(state.Counters.ToJsonString())!.AsObject() };

    private static void AssertSame(ReplicaState expected, ReplicaState actual)
    {
        Assert.Equal((expected.Step, expected.Images), (actual.Step, actual.Images));
        Assert.Equal(expected.Counters.ToJsonString(), actual.Counters.ToJsonString());
        Assert.Equal(expected.Files.Keys, actual.Files.Keys);
        foreach (var (file, arrays) in expected.Files)
        {
            foreach (var (left, right) in arrays.Zip(actual.Files[file]))
            {
                Assert.Equal((left.Name, left.Type, left.Bytes.Length), (right.Name, right.Type, right.Bytes.Length));
                Assert.True(left.Bytes.Span.SequenceEqual(right.Bytes.Span), $"{file}: {left.Name} differs.");
            }
        }
    }

    private static void AssertSame(IEnumerable<RoundReportLine> expected, IEnumerable<DistGan.Training.Links.RoundReport> actual)
        => Assert.Equal(expected, actual.Select(RoundReportLine.Of));

    private sealed record RoundReportLine(long Step, string Values)
    {
        public static RoundReportLine Of(DistGan.Training.Links.RoundReport report)
            => new(report.Step, string.Join(", ", report.Values.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value:R}")));
    }
}
