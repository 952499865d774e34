using DistGan.Recipes;
using DistGan.Training.Objectives;
using TorchSharp;

namespace DistGan.Training.Tests.Steps;

[Collection(ExclusiveCollection.Name)]
public sealed class ReplicaLeakTests
{
    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var replay in new[] { "parallel", "half", "pool" })
            {
                foreach (var objective in new[] { "non-saturating", "wgan-gp" })
                {
                    cases.Add(replay, objective, "float32");
                    cases.Add(replay, objective, "bfloat16");
                }
            }

            foreach (var objective in ObjectiveCatalog.Makers.Keys.Except(["non-saturating", "wgan-gp"]))
            {
                cases.Add("parallel", objective, "bfloat16");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Advance_EverythingOn_KeepsTheNumberOfTensors(string replay, string objective, string precision)
    {
        var recipe = TinyRecipes.Of(replay: replay, everything: true) with
        {
            Precision = precision,
            Topology = new TopologyRecipe { RoundSteps = 2 },
            Balance = new StaticBalanceRecipe { Discriminator = 2, Generator = 2 },
        };
        AssertKeepsTensors(recipe.With(objective));
    }

    [Theory]
    [InlineData("rmsprop")]
    [InlineData("sgd")]
    public void Advance_FeatureMatchingAndOtherOptimizers_KeepsTheNumberOfTensors(string kind)
    {
        var tiny = TinyRecipes.Of("mlp");
        OptimizerRecipe optimizer = kind == "sgd" ? new SgdRecipe { Momentum = 0.9 } : new RmsPropRecipe { Momentum = 0.9 };
        AssertKeepsTensors(tiny with
        {
            Generator = tiny.Generator with { Optimizer = optimizer },
            Discriminator = tiny.Discriminator with { Optimizer = optimizer },
            Techniques = new TechniquesRecipe { FeatureMatching = new() { Replace = kind == "sgd" } },
        });
    }

    public static TheoryData<string, string> Rewriting
        => [.. RewritingTechniques.Names.SelectMany(static name => new (string, string)[] { (name, "wgan-gp"), (name, "hinge") })];

    [Theory]
    [MemberData(nameof(Rewriting))]
    public void Advance_RewritingTechnique_KeepsTheNumberOfTensors(string technique, string objective)
        => AssertKeepsTensors(RewritingTechniques.Of(technique, "dcgan") with { Objective = RecipeKinds.Objectives[objective](), Precision = "bfloat16", Topology = new TopologyRecipe { RoundSteps = 2 } });

    [Fact]
    public void Advance_LastValuesOfParameters_KeepsTheNumberOfTensors()
        => AssertKeepsTensors(TinyRecipes.Of("mlp") with { Techniques = new TechniquesRecipe { HistoricalAveraging = new() { Kind = "last", Last = 3, EverySteps = 2 } } });

    [Theory]
    [InlineData("loss-change")]
    [InlineData("accuracy-gate")]
    [InlineData("sign-control")]
    public void Advance_BalanceThatReads_KeepsTheNumberOfTensors(string kind)
        => AssertKeepsTensors(TinyRecipes.Of("mlp") with { Balance = TinyRecipes.BalanceOf(kind) });

    [Theory]
    [InlineData("float32", false)]
    [InlineData("bfloat16", true)]
    public void Advance_PenaltiesAugmentationAndUnrolling_KeepsTheNumberOfTensors(string precision, bool unrolled)
        => AssertKeepsTensors(TinyRecipes.Of(replay: unrolled ? null : "parallel") with
        {
            Precision = precision,
            Balance = new StaticBalanceRecipe { Discriminator = 2, Generator = 2 },
            Techniques = new TechniquesRecipe
            {
                R1 = new() { Every = 2 },
                R2 = new(),
                Diffaugment = new(),
                Unrolling = unrolled ? new() { Steps = 2 } : null,
                FeatureMatching = unrolled ? new() { Replace = false } : null,
            },
        });

    public static TheoryData<string, string?> Conditioned
        => [.. RecipeKinds.Conditionings.Keys.SelectMany(static kind => new (string, string?)[] { (kind, kind == "infogan" ? "half" : "pool"), (kind, "parallel"), (kind, null) })];

    [Theory]
    [MemberData(nameof(Conditioned))]
    public void Advance_LabelsOrCodes_KeepsTheNumberOfTensors(string kind, string? replay)
        => AssertKeepsTensors(TinyRecipes.Of(replay: replay) with
        {
            Conditioning = TinyRecipes.Conditioning(kind),
            Topology = new TopologyRecipe { RoundSteps = 2 },
            Objective = replay == "parallel" ? new WassersteinGradientPenaltyRecipe() : new NonSaturatingRecipe(),
            Balance = new StaticBalanceRecipe { Discriminator = 2, Generator = 2 },
            Precision = replay is null ? "float32" : "bfloat16",
            Techniques = replay is null ? new TechniquesRecipe { Unrolling = new() { Steps = 2 }, R2 = new(), FeatureMatching = new() { Replace = false } } : TinyRecipes.Of(replay: replay).Techniques,
        });

    [Fact]
    public void Advance_AutoencoderWithLabels_KeepsTheNumberOfTensors()
        => AssertKeepsTensors(TinyRecipes.Of().With("vae") with { Conditioning = new ConditionalGanRecipe() });

    private static void AssertKeepsTensors(Recipe recipe)
    {
        TensorCount.Settle();
        var outside = torch.Tensor.TotalCount;
        using (var replica = TinyRecipes.Create(recipe, TinyRecipes.LinksOf(recipe).Links))
        {
            TinyRecipes.Advance(replica, 5);
            TensorCount.Settle();
            var before = torch.Tensor.TotalCount;

            TinyRecipes.Advance(replica, 4);
            replica.Restore(replica.Capture());
            replica.Sample("samples", 10).Dispose();
            replica.Sample("samples", [new LatentChoice(3), new LatentChoice(0)]).Dispose();
            _ = replica.LabelsOf("samples", 10);

            Assert.Equal(before, torch.Tensor.TotalCount);
        }

        Assert.Equal(outside, torch.Tensor.TotalCount);
    }
}
