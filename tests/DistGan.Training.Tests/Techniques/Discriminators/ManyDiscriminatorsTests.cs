using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Links;
using DistGan.Training.Networks;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Contracts;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques.Discriminators;

public sealed class ManyDiscriminatorsTests
{
    private const int Elements = 8 * 64;
    private static readonly Recipe Many = With(TinyRecipes.Of("mlp"));

    [Theory]
    [InlineData("mlp", 1, "float32", "none")]
    [InlineData("mlp", 3, "float32", "cgan")]
    [InlineData("dcgan", 2, "bfloat16", "none")]
    [InlineData("dcgan", 1, "float32", "infogan")]
    public void Advance_NobodyElseAnswers_IsThePlainGameToTheBit(string network, int updates, string precision, string conditioning)
    {
        var plain = TinyRecipes.Of(network, "parallel", everything: true) with
        {
            Precision = precision,
            Balance = new StaticBalanceRecipe { Discriminator = updates },
            Conditioning = TinyRecipes.Conditioning(conditioning),
        };
        using var alone = TinyRecipes.Create(plain, TinyRecipes.LinksOf(plain).Links);
        using var leading = TinyRecipes.Create(With(plain), TinyRecipes.LinksOf(plain).Links with { Discriminators = new ScriptedDiscriminators() });

        TinyRecipes.Advance(alone, 7);
        TinyRecipes.Advance(leading, 7);

        var expected = alone.Capture();
        Assert.Equal(["many-discriminators"], leading.Capture().Counters.Select(static pair => pair.Key).Except(expected.Counters.Select(static pair => pair.Key)));

        // The number of replicas is in the reports of replay alone, and the counters of both lie in the same state.
        Assert.Empty(ReplicaStates.Differences(expected, leading.Capture()));
    }

    [Fact]
    public void Advance_AnotherDiscriminatorWithTheSameWeightsAndData_FollowsThePlainGradient()
    {
        var plain = TinyRecipes.Of("mlp");
        using var alone = Create(plain, 0, null, new ConstantDataSet());
        var exchange = new ScriptedDiscriminators();
        using var leading = Create(Many, 0, exchange, new ConstantDataSet());
        using var other = Follow(exchange, new ConstantDataSet());
        other.Discriminator.Parameters.Values.copy_(leading.Discriminator.Parameters.Values);

        TinyRecipes.Advance(alone, 3);
        TinyRecipes.Advance(leading, 3);

        Assert.Equal(3, other.Step);
        Tests.Numbers.AssertNear(alone.Generator.Parameters.Gradient, leading.Generator.Parameters.Gradient, 1e-6);
        Tests.Numbers.AssertNear(alone.Generator.Parameters.Values, leading.Generator.Parameters.Values, 1e-6);
        Tests.Numbers.AssertNear(leading.Discriminator.Parameters.Values, other.Discriminator.Parameters.Values, 0);
    }

    [Fact]
    public void Advance_LinearDiscriminators_FollowTheirMean()
    {
        // L_G = −mean(w·G(z)): of critics w₀ and w₁ the gradients' mean is the gradient of the critic (w₀ + w₁)/2.
        var parts = new ReplicaParts { Discriminator = new OneLayer() };
        var still = Many with { Objective = new HingeRecipe(), Discriminator = Many.Discriminator with { Optimizer = new SgdRecipe { Rate = 1e-12 } } };
        var exchange = new ScriptedDiscriminators();
        using var leading = Create(still, 0, exchange, parts: parts);
        using var other = Follow(exchange, recipe: still, parts: parts);
        using var mean = Create(still with { Topology = new TopologyRecipe() }, 0, null, parts: parts);
        mean.Discriminator.Parameters.Values.copy_((leading.Discriminator.Parameters.Values + other.Discriminator.Parameters.Values) / 2);

        leading.Advance();
        mean.Advance();

        var w = other.Discriminator.Parameters.Values[..64];
        Tests.Numbers.AssertNear((w / -8).expand(8, 64).flatten(), tensor(exchange.Answers[0]), 1e-7);
        Assert.True((leading.Discriminator.Parameters.Values - other.Discriminator.Parameters.Values).abs().max().item<float>() > 0.1);
        Tests.Numbers.AssertNear(mean.Generator.Parameters.Gradient, leading.Generator.Parameters.Gradient, 1e-7);
    }

    [Fact]
    public void Advance_OtherDiscriminators_GradientIsThatOfTheMeanLossByFiniteDifferences()
    {
        var recipe = Many with
        {
            Generator = Many.Generator with { Normalization = "none", Activation = "tanh", Optimizer = new SgdRecipe { Rate = 1e-12 } },
            Discriminator = Many.Discriminator with { Activation = "tanh", Optimizer = new SgdRecipe { Rate = 1e-12 } },
        };
        var exchange = new ScriptedDiscriminators();
        using var leading = Create(recipe, 0, exchange);
        using var other = Follow(exchange, recipe: recipe);

        leading.Advance();

        using var noGrad = no_grad();
        var theta = leading.Generator.Parameters.Values;
        var (gradient, start) = (leading.Generator.Parameters.Gradient.clone(), theta.clone());
        var slope = gradient.square().sum().item<float>();
        var step = 0.05 / Math.Sqrt(slope);
        theta.copy_(start + (gradient * step));
        var above = MeanLoss(leading, other);
        theta.copy_(start - (gradient * step));
        var below = MeanLoss(leading, other);
        Assert.Equal(slope, (above - below) / (2 * step), slope * 0.01);
    }

    [Fact]
    public void Advance_TwoBatches_TheyDifferAndEachGradientActsOnItsOwn()
    {
        var exchange = new ScriptedDiscriminators { Feedback = static _ => new(3, 2, new Dictionary<int, ReadOnlyMemory<float>> { [1] = ScriptedDiscriminators.Numbers(1, Elements) }) };
        using var leading = Create(Many with { Topology = Many.Topology with { FakeBatches = 2 } }, 0, exchange);
        using var otherwise = Create(Many with { Topology = Many.Topology with { FakeBatches = 2 } }, 0, new ScriptedDiscriminators
        {
            Feedback = static _ => new(3, 2, new Dictionary<int, ReadOnlyMemory<float>> { [0] = ScriptedDiscriminators.Numbers(1, Elements) }),
        });

        leading.Advance();
        otherwise.Advance();

        var (first, second) = (exchange.Sent[0].Batches[0].ToArray(), exchange.Sent[0].Batches[1].ToArray());
        Assert.Equal((Elements, Elements), (first.Length, second.Length));
        Assert.NotEqual(first, second);
        Assert.NotEqual(VectorBytes.Copy(leading.Generator.Parameters.Gradient), VectorBytes.Copy(otherwise.Generator.Parameters.Gradient));
    }

    [Fact]
    public void Advance_ARound_ReportsMembersAndLateAnswers()
    {
        var shared = new MemoryLinks(TinyRecipes.Shape);
        var exchange = new ScriptedDiscriminators
        {
            Feedback = static version => version.Version == 2 ? null : new(version.Version == 1 ? 2 : 0, 1, new Dictionary<int, ReadOnlyMemory<float>> { [0] = new float[Elements] }),
        };
        using var replica = ReplicaFactory.Create(Many, new PatternDataSet(TinyRecipes.Shape), 0, shared.Links with { Discriminators = exchange }, CPU);

        TinyRecipes.Advance(replica, 3);

        var values = Assert.Single(shared.Reported).Values;
        Assert.Equal((5 / 3.0, 2.0, 0.0), (values[MetricNames.FeedbackMembers], values[MetricNames.FeedbackLate], values[MetricNames.DiscriminatorSwaps]));
    }

    [Fact]
    public void Advance_NoVersionComes_DoesNoStep()
    {
        var exchange = new ScriptedDiscriminators { Task = static call => call < 3 ? null : Task(call) };
        using var replica = Create(Many, 1, exchange);
        var before = VectorBytes.Copy(replica.Discriminator.Parameters.Values);

        TinyRecipes.Advance(replica, 2);

        Assert.Equal((0L, 0L, false), (replica.Step, replica.Images, replica.IsOver));
        Assert.Equal(before, VectorBytes.Copy(replica.Discriminator.Parameters.Values));
        replica.Advance();
        Assert.Equal((1L, 8L, 1), (replica.Step, replica.Images, exchange.Answers.Count));
        Assert.NotEqual(before, VectorBytes.Copy(replica.Discriminator.Parameters.Values));
        exchange.IsOver = true;
        Assert.True(replica.IsOver);
    }

    [Fact]
    public void Advance_TwoBatches_LearnsFromOneAndAnswersOfTheOther()
    {
        var (first, otherJudge, otherLearn) = (Work(Task(1)), Work(Task(1) with { Judge = Task(2).Judge }), Work(Task(1) with { Learn = Task(2).Learn }));

        Assert.Equal(first.Weights, otherJudge.Weights);
        Assert.NotEqual(first.Answer, otherJudge.Answer);
        Assert.NotEqual(first.Weights, otherLearn.Weights);
    }

    [Fact]
    public void Capture_WithoutAGenerator_HoldsNoneAndGoesOnAlike()
    {
        var recipe = With(TinyRecipes.Of("mlp") with { Techniques = new TechniquesRecipe { Ema = new() } });
        using var replica = Create(recipe, 1, new ScriptedDiscriminators { Task = Task });
        TinyRecipes.Advance(replica, 4);
        var state = replica.Capture();
        TinyRecipes.Advance(replica, 3);

        using var restored = Create(recipe, 1, new ScriptedDiscriminators { Task = Task, Taken = 4 });
        restored.Restore(state);
        TinyRecipes.Advance(restored, 3);

        Assert.Equal(["discriminator", "optimizer"], state.Files.Keys.Order());
        Assert.Empty(ReplicaStates.Differences(replica.Capture(), restored.Capture()));
    }

    [Fact]
    public void Advance_BatchOfOtherData_SaysWhatIsExpected()
    {
        using var replica = Create(Many, 1, new ScriptedDiscriminators { Task = static call => Task(call) with { Learn = new float[5] } });

        var failure = Assert.Throws<DistGanException>(replica.Advance);

        Assert.Contains("5 numbers", failure.Message, StringComparison.Ordinal);
        Assert.Contains("expected 512", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Advance_NowhereToMeet_SaysWhatToDo()
    {
        using var replica = TinyRecipes.Create(Many, new MemoryLinks(TinyRecipes.Shape).Links);

        Assert.Contains("independent", Assert.Throws<DistGanException>(replica.Advance).Message, StringComparison.Ordinal);
    }

    /// <summary>θ_D and the answer after one task.</summary>
    private static (byte[] Weights, float[] Answer) Work(DiscriminatorTask task)
    {
        var exchange = new ScriptedDiscriminators { Task = _ => task };
        using var replica = Create(Many, 1, exchange);
        replica.Advance();
        return (VectorBytes.Copy(replica.Discriminator.Parameters.Values), exchange.Answers[0]);
    }

    /// <summary>A replica without a generator, which answers whatever is sent to an exchange.</summary>
    private static Replica Follow(ScriptedDiscriminators exchange, IDataSet? data = null, Recipe? recipe = null, ReplicaParts? parts = null)
    {
        var own = new ScriptedDiscriminators();
        var replica = Create(recipe ?? Many, 1, own, data, parts);
        exchange.Feedback = version =>
        {
            own.Task = _ => new DiscriminatorTask(version.Version, version.Batches[0], version.Batches[0], null);
            replica.Advance();
            exchange.Answers.Add(own.Answers[^1]);
            return new GeneratorFeedback(1, 0, new Dictionary<int, ReadOnlyMemory<float>> { [0] = own.Answers[^1] });
        };
        return replica;
    }

    /// <summary>The mean of L_G = mean(softplus(−s)) by both discriminators at the latents of step 1.</summary>
    private static double MeanLoss(Replica leading, Replica other)
    {
        using var scope = NewDisposeScope();
        using var latents = new LatentSource(new SeedSequence(Many.Seed, 0), Many.Latent, CPU);
        leading.Generator.Parameters.Refresh();
        var samples = leading.Generator.Freeze(latents.Draw(8, "latents", 1, 0), Statistics.Batch);
        return new[] { leading, other }.Average(replica => nn.functional.softplus(-replica.Discriminator.Freeze(samples, Statistics.Batch).to_type(ScalarType.Float64)).mean().item<double>());
    }

    private static DiscriminatorTask Task(long call)
        => new(call, ScriptedDiscriminators.Numbers((int)call, Elements), ScriptedDiscriminators.Numbers(-(int)call, Elements), null);

    private static Recipe With(Recipe recipe)
        => recipe with { Topology = recipe.Topology with { Kind = TopologyRecipe.MultiDiscriminator, Replicas = 2, SwapPasses = recipe.Techniques.HistoricalAveraging is null ? 1 : 0 } };

    private static Replica Create(Recipe recipe, int ordinal, ScriptedDiscriminators? exchange, IDataSet? data = null, ReplicaParts? parts = null)
        => ReplicaFactory.Create(recipe, data ?? new PatternDataSet(TinyRecipes.Shape), ordinal, new MemoryLinks(TinyRecipes.Shape).Links with { Discriminators = exchange }, CPU, parts);

    /// <summary>D(x) = w·x + b.</summary>
    private sealed class OneLayer : INetworkFamily
    {
        public NetworkDefinition Generator(PlayerRecipe recipe, int latent, SampleShape shape) => throw new NotSupportedException("Only a discriminator.");

        public NetworkDefinition Discriminator(PlayerRecipe recipe, SampleShape shape, bool normalize) => new("one", [.. shape.Batch(1).Skip(1)], [new Reshape(), new Dense(1)]);
    }
}
