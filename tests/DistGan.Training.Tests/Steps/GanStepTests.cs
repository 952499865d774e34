using DistGan.Recipes;
using DistGan.Training.Conditions;
using DistGan.Training.Objectives;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Training.Steps.Balance;
using DistGan.Training.Techniques;
using DistGan.Training.Tests.Techniques;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps;

public sealed class GanStepTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 3)]
    public void Advance_StaticBalance_CountsUpdatesAndImages(int ofDiscriminator, int ofGenerator)
    {
        var recipe = TinyRecipes.Of("mlp") with { Balance = new StaticBalanceRecipe { Discriminator = ofDiscriminator, Generator = ofGenerator } };
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(recipe, links.Links);

        TinyRecipes.Advance(replica, 6);

        Assert.Equal(6 * ofDiscriminator, replica.Discriminator.Optimizer.Updates);
        Assert.Equal(6 * ofGenerator, replica.Generator.Optimizer.Updates);
        Assert.Equal(6 * ofDiscriminator * 8, replica.Images);
        Assert.Equal([3L, 6L], links.Reported.Select(static report => report.Step));
        Assert.All(links.Reported, report => Assert.Equal(ofDiscriminator / (double)ofGenerator, report.Values[MetricNames.BalanceRatio]));
    }

    [Fact]
    public void Run_DiscriminatorUpdate_LeavesTheGenerator()
    {
        using var game = new Game();
        var before = game.Bytes(Player.Generator);

        game.Run(ofDiscriminator: 1, ofGenerator: 0);

        Assert.Equal(before, game.Bytes(Player.Generator));
        Assert.Equal(0, game.Context.Generator.Parameters.Gradient.abs().sum().item<float>());
        Assert.Equal((1L, 0L), (game.Context.Discriminator.Optimizer.Updates, game.Context.Generator.Optimizer.Updates));
    }

    [Fact]
    public void Run_GeneratorUpdate_LeavesTheDiscriminatorAndItsBuffers()
    {
        using var game = new Game();
        var (before, buffers) = (game.Bytes(Player.Discriminator), VectorBytes.Copy(game.Context.Discriminator.Buffers.Values));
        var generator = game.Bytes(Player.Generator);

        game.Run(ofDiscriminator: 0, ofGenerator: 2);

        Assert.Equal(before, game.Bytes(Player.Discriminator));
        Assert.Equal(buffers, VectorBytes.Copy(game.Context.Discriminator.Buffers.Values));
        Assert.Equal(0, game.Context.Discriminator.Parameters.Gradient.abs().sum().item<float>());
        Assert.NotEqual(generator, game.Bytes(Player.Generator));
    }

    [Fact]
    public void Advance_NonSaturating_ReportsLossesScoresAndAccuracies()
    {
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(TinyRecipes.Of("mlp", replay: "parallel"), links.Links);

        TinyRecipes.Advance(replica, 9);

        var values = links.Reported[2].Values;
        Assert.All(
            [MetricNames.RealAccuracy, MetricNames.FakeAccuracy, MetricNames.ReplayedAccuracy],
            name => Assert.InRange(values[name], 0, 1));
        Assert.All(
            [MetricNames.DiscriminatorLoss, MetricNames.GeneratorLoss, MetricNames.DiscriminatorGradientNorm, MetricNames.GeneratorGradientNorm],
            name => Assert.InRange(values[name], 1e-6, 1e3));
        Assert.DoesNotContain(MetricNames.ReplayedAccuracy, links.Reported[1].Values.Keys);
    }

    [Fact]
    public void Advance_Wasserstein_HasNoAccuracies()
    {
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(TinyRecipes.Of() with { Objective = new WassersteinGradientPenaltyRecipe() }, links.Links);

        TinyRecipes.Advance(replica, 3);

        Assert.DoesNotContain(MetricNames.RealAccuracy, links.Reported[0].Values.Keys);
        Assert.InRange(links.Reported[0].Values[MetricNames.GradientPenalty], 0.1, 100);
    }

    [Theory]
    [InlineData("float32", "mlp")]
    [InlineData("bfloat16", "dcgan")]
    public void Advance_WassersteinClipping_BoundsEveryParameterOfDAfterEachUpdate(string precision, string network)
    {
        using var scope = NewDisposeScope();
        var recipe = TinyRecipes.Of(network) with { Objective = new WassersteinRecipe { Clip = 0.03 }, Precision = precision };
        using var replica = TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);
        Assert.True(replica.Discriminator.Parameters.Values.abs().max().item<float>() > 0.03f);

        for (var i = 0; i < 4; i++)
        {
            replica.Advance();
            Assert.Equal(0.03f, replica.Discriminator.Parameters.Values.abs().max().item<float>());
            Assert.All(replica.Discriminator.Parameters.Frozen.Compute, static view => Assert.InRange(view.abs().max().to_type(ScalarType.Float32).item<float>(), 0, 0.0302f));
        }

        Assert.True(replica.Generator.Parameters.Values.abs().max().item<float>() > 0.03f);
    }

    [Theory]
    [InlineData("least-squares", 0.4, 0.6, 0, 0)]
    [InlineData("least-squares", 0.6, 0.4, 1, 1)]
    [InlineData("hinge", 0.4, 0.4, 1, 0)]
    [InlineData("dragan", -0.1, -0.1, 0, 1)]
    public void Run_ScoresBesideTheBoundary_AreJudgedByThatOfTheObjective(string objective, double real, double fake, double expectedReal, double expectedFake)
    {
        using var game = new Game(RecipeKinds.Objectives[objective]());
        game.GiveScores(real, fake);

        game.Run(ofDiscriminator: 1, ofGenerator: 0);

        var values = game.Meter.Drain();
        Assert.Equal((expectedReal, expectedFake), (values[MetricNames.RealAccuracy], values[MetricNames.FakeAccuracy]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0, 2)]
    public void Run_ObjectiveThatAsksForRealScores_UsesTheBatchOfTheStep(int ofDiscriminator, int ofGenerator)
    {
        using var game = new Game(new RelativisticRecipe());
        var before = game.Bytes(Player.Generator);

        game.Run(ofDiscriminator, ofGenerator);

        Assert.Equal(1, game.Shown);
        Assert.NotEqual(before, game.Bytes(Player.Generator));
    }

    [Theory]
    [InlineData(0, 2, "d_fake_accuracy=1 d_fake_accuracy=1 g_loss g_loss")]
    [InlineData(1, 1, "d_fake_accuracy=1 d_loss d_real_accuracy=0 g_loss")]
    [InlineData(1, 0, "d_fake_accuracy=1 d_loss d_real_accuracy=0")]
    public void Run_AnyTurn_TellsTheBalanceWhatItsUpdatesKnow(int ofDiscriminator, int ofGenerator, string expected)
    {
        using var game = new Game(new NonSaturatingRecipe());
        game.GiveScores(real: -2, fake: -1);
        var balance = new Listener(new(ofDiscriminator, ofGenerator));

        game.Run(balance);

        Assert.Equal(expected, string.Join(' ', balance.Heard.Order(StringComparer.Ordinal)));
        Assert.Equal(1, balance.Ended);
    }

    [Fact]
    public void Advance_RatesOnSchedules_AreReported()
    {
        var tiny = TinyRecipes.Of("mlp");
        var recipe = tiny with
        {
            Generator = tiny.Generator with { Optimizer = new AdamRecipe { Rate = 1e-3, Schedule = new LinearScheduleRecipe { Start = 0.5, To = 0.1 } } },
            Budget = new BudgetRecipe { Images = 12 * tiny.Batch },
        };
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(recipe, links.Links);

        TinyRecipes.Advance(replica, 6);
        replica.ScaleRates(0.5);
        TinyRecipes.Advance(replica, 6);

        // Whole until step 6, then down to a tenth in step 12; half of it since the rollback.
        Assert.Equal([1e-3, 1e-3, 0.5 * 0.55e-3, 0.5 * 0.1e-3], links.Reported.Select(static report => Math.Round(report.Values[MetricNames.GeneratorRate], 12)));
        Assert.Equal([1e-3, 1e-3, 0.5e-3, 0.5e-3], links.Reported.Select(static report => report.Values[MetricNames.DiscriminatorRate]));
    }

    [Fact]
    public void Advance_LabelSmoothing_ChangesTheDiscriminatorAlone()
    {
        var recipe = TinyRecipes.Of("mlp");
        using var plain = TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);
        using var smoothed = TinyRecipes.Create(recipe with { Techniques = new TechniquesRecipe { LabelSmoothing = new() { Target = 0.7 } } }, new MemoryLinks(TinyRecipes.Shape).Links);

        plain.Advance();
        smoothed.Advance();

        Assert.NotEqual(VectorBytes.Copy(plain.Discriminator.Parameters.Values), VectorBytes.Copy(smoothed.Discriminator.Parameters.Values));
    }

    [Fact]
    public void ScaleRates_Halved_HalvesBothAndIsInTheState()
    {
        using var replica = TinyRecipes.Create(TinyRecipes.Of("mlp"), new MemoryLinks(TinyRecipes.Shape).Links);

        replica.ScaleRates(0.5);

        Assert.Equal((5e-4, 5e-4), (replica.Generator.Optimizer.Rate, replica.Discriminator.Optimizer.Rate));
        var state = replica.Capture();
        replica.ScaleRates(0.5);
        replica.Restore(state);
        Assert.Equal(5e-4, replica.Generator.Optimizer.Rate);
    }

    [Fact]
    public void Sample_Twice_IsTheSameAndTouchesNothing()
    {
        using var scope = NewDisposeScope();
        using var replica = TinyRecipes.Create(TinyRecipes.Of(everything: true), new MemoryLinks(TinyRecipes.Shape).Links);
        TinyRecipes.Advance(replica, 4);
        var before = Flatten(replica.Capture());

        var first = replica.Sample("samples", 300);
        var second = replica.Sample("samples", 300);
        var other = replica.Sample("evaluation", 300);

        Assert.Equal([300, 1, 8, 8], first.shape);
        Assert.InRange(first.abs().max().item<float>(), 1e-3f, 1f);
        Numbers.AssertSameBytes(first, second);
        Assert.NotEqual(VectorBytes.Copy(first), VectorBytes.Copy(other));
        Assert.Equal(before, Flatten(replica.Capture()));

        // Running statistics make a sample independent of how many are drawn beside it.
        Numbers.AssertNear(first.narrow(0, 0, 256), replica.Sample("samples", 300).narrow(0, 0, 256), 1e-6);
    }

    private static byte[] Flatten(ReplicaState state) => [.. state.Files.Values.SelectMany(static arrays => arrays).SelectMany(static array => array.Bytes.ToArray())];

    /// <summary>Gives one turn and writes down what it hears: accuracies with their value.</summary>
    private sealed class Listener(BalanceTurn turn) : IBalance
    {
        public List<string> Heard { get; } = [];

        public long Ended { get; private set; }

        public bool Observes => true;

        public BalanceTurn Next() => turn;

        public void Observe(string name, Tensor value)
            => Heard.Add(name.EndsWith("accuracy", StringComparison.Ordinal) ? FormattableString.Invariant($"{name}={value.item<float>()}") : name);

        public void EndStep(long step) => Ended = step;
    }

    /// <summary>A step over two small players, with a balance of the test's choice.</summary>
    private sealed class Game : IDisposable
    {
        private readonly Attached<LabelSmoothing> _attached;

        public Game(ObjectiveRecipe? objective = null)
            => _attached = new(new LabelSmoothing(new LabelSmoothingRecipe()), TinyRecipes.Of() with { Objective = objective ?? new NonSaturatingRecipe() }, coupled: objective is null);

        public TechniqueContext Context => _attached.Context;

        public RoundMeter Meter { get; } = new(CPU);

        /// <summary>Real batches that were asked for.</summary>
        public int Shown { get; private set; }

        public byte[] Bytes(Player player)
            => [.. VectorBytes.Copy(Context.Model(player).Parameters.Values), .. Context.Model(player).Optimizer.State.Values.SelectMany(VectorBytes.Copy)];

        /// <summary>Makes D linear in one pixel that is 1 in all real samples and tanh 0 = 0 in all generated ones.</summary>
        public void GiveScores(double real, double fake)
        {
            using var noGrad = no_grad();
            Context.Generator.Parameters.Values.zero_();
            var discriminator = Context.Discriminator.Parameters.Values;
            discriminator.zero_();
            discriminator[0] = real - fake;
            discriminator[^1] = fake;
        }

        public void Run(int ofDiscriminator, int ofGenerator) => Run(new Listener(new(ofDiscriminator, ofGenerator)));

        public void Run(IBalance balance) => new GanStep(Context, ObjectiveCatalog.Create(Context.Recipe.Objective), [], balance, Meter).Run(1, Real);

        public void Dispose()
        {
            Meter.Dispose();
            _attached.Dispose();
        }

        private SampleBatch Real()
        {
            Shown++;
            var images = Attached<LabelSmoothing>.Images(1);
            images[.., .., 0, 0] = 1f;
            return new(images, null);
        }
    }
}
