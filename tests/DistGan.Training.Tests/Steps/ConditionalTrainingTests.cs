using DistGan.Recipes;
using DistGan.Training.Conditions;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Links;
using DistGan.Training.Metrics;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps;

public sealed class ConditionalTrainingTests
{
    private const int Modes = 4;

    public static TheoryData<string> Labelled => [.. RecipeKinds.Conditionings.Where(static kind => kind.Value().UsesLabels).Select(static kind => kind.Key)];

    public static TheoryData<string, string> KindsAndObjectives
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var kind in RecipeKinds.Conditionings.Keys)
            {
                foreach (var objective in RecipeKinds.Objectives.Where(static made => !made.Value().UsesEnergies))
                {
                    if (RecipeValidator.Validate(Of(kind).With(objective.Key)).Count == 0)
                    {
                        cases.Add(kind, objective.Key);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndObjectives))]
    public void Advance_AnyConditioningAndObjective_TrainsBothPlayers(string kind, string objective)
    {
        var recipe = Of(kind, "mlp").With(objective) with { Topology = new TopologyRecipe { RoundSteps = 2 } };
        var links = TinyRecipes.LinksOf(recipe);
        using var replica = TinyRecipes.Create(recipe, links.Links);

        TinyRecipes.Advance(replica, 2);

        var values = links.Reported.Single().Values;
        Assert.InRange(values[MetricNames.DiscriminatorGradientNorm], 1e-8, 1e8);
        Assert.InRange(values[MetricNames.GeneratorGradientNorm], 1e-8, 1e8);
        Assert.Equal(kind == "acgan", values.ContainsKey(MetricNames.FakeClassAccuracy) && values.ContainsKey(MetricNames.RealClassAccuracy));
        Assert.Equal(kind == "infogan", values.ContainsKey(MetricNames.MutualInformation));
    }

    public static TheoryData<string, string> KindsAndTechniques
        => [.. RecipeKinds.Conditionings.Keys.SelectMany(static kind => new[] { "packing", "minibatch-discrimination", "spectral-normalization", "virtual-batch-normalization", "unrolling", "diffaugment", "r1" }.Select(technique => (kind, technique)))];

    [Theory]
    [MemberData(nameof(KindsAndTechniques))]
    public void Advance_AnyConditioningAndTechnique_TrainsBothPlayers(string kind, string technique)
    {
        var recipe = Of(kind) with
        {
            Topology = new TopologyRecipe { RoundSteps = 2 },
            Techniques = technique switch
            {
                "packing" => new() { Packing = new() { Samples = 2 }, FeatureMatching = new() { Replace = false } },
                "minibatch-discrimination" => new() { MinibatchDiscrimination = new() { Kernels = 3, Dimensions = 2 } },
                "spectral-normalization" => new() { SpectralNormalization = new() },
                "virtual-batch-normalization" => new() { VirtualBatchNormalization = new() { Reference = 5 } },
                "unrolling" => new() { Unrolling = new() { Steps = 2 } },
                "diffaugment" => new() { Diffaugment = new() },
                _ => new() { R1 = new(), R2 = new() },
            },
        };
        Assert.Empty(RecipeValidator.Validate(recipe, new DataFacts { Channels = 1, Height = 8, Width = 8, Classes = 3 }));
        var links = TinyRecipes.LinksOf(recipe);
        using var replica = TinyRecipes.Create(recipe, links.Links);

        TinyRecipes.Advance(replica, 2);
        using var samples = replica.Sample("samples", 3);

        var values = links.Reported.Single().Values;
        Assert.InRange(values[MetricNames.DiscriminatorGradientNorm], 1e-8, 1e8);
        Assert.InRange(values[MetricNames.GeneratorGradientNorm], 1e-8, 1e8);
        Assert.True(samples.isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("parallel")]
    [InlineData("half")]
    public void Advance_UpdatesOfD_ShowGeneratedSamplesWithTheLabelsOfTheRealOnes(string? replay)
    {
        var recipe = Of("cgan", "mlp", replay) with { Balance = new StaticBalanceRecipe { Discriminator = 2 } };
        var (data, links) = (new PatternDataSet(TinyRecipes.Shape, classes: TinyRecipes.Classes), TinyRecipes.LinksOf(recipe));
        var listener = new Listener();
        using var replica = ReplicaFactory.Create(recipe, data, 0, links.Links, CPU, new ReplicaParts { Techniques = [listener] });
        using var feed = new DataFeed(data, recipe.Batch, recipe.Seed, 0);

        TinyRecipes.Advance(replica, 8);

        Assert.Equal(16, listener.Fresh.Count);
        foreach (var (real, fresh) in listener.Real.Zip(listener.Fresh))
        {
            _ = feed.Next();
            Assert.Equal(feed.Labels.ToArray(), real);
            Assert.Equal(real[..fresh.Length], fresh);
        }

        Assert.Equal(replay is not null, listener.Replayed.Count > 0);
    }

    [Theory]
    [InlineData("parallel")]
    [InlineData("half")]
    [InlineData("pool")]
    public void Advance_StoredImages_KeepTheLabelsThatTheyWereMadeWith(string replay)
    {
        // A generator that says its label: the first pixel is 1/3, 2/3 or 1 of white.
        var recipe = Of("cgan", replay: replay);
        var links = TinyRecipes.LinksOf(recipe);
        var listener = new Listener();
        using var replica = ReplicaFactory.Create(
            recipe, new PatternDataSet(TinyRecipes.Shape, classes: TinyRecipes.Classes), 0, links.Links, CPU, new ReplicaParts { Generator = new Telling(), Techniques = [listener] });
        replica.ScaleRates(0);
        Tell(replica);

        TinyRecipes.Advance(replica, 12);

        Assert.NotEmpty(replay == "pool" ? listener.FreshPixels : listener.Replayed);
        Assert.All(listener.FreshPixels.Zip(listener.Fresh), static pair => AssertTold(pair.First, pair.Second));
        Assert.All(listener.ReplayedPixels.Zip(listener.Replayed), static pair => AssertTold(pair.First, pair.Second));
        Assert.True(listener.Fresh.Concat(listener.Replayed).SelectMany(static labels => labels).Distinct().Count() == TinyRecipes.Classes);
    }

    [Fact]
    public void Advance_AutoencoderWithLabels_ShowsThemToEncoderAndDecoder()
    {
        var recipe = Of("cgan", "mlp").With("vae");
        using var replica = TinyRecipes.Create(recipe, TinyRecipes.LinksOf(recipe).Links);

        Assert.Equal([1 + TinyRecipes.Classes, 8, 8], replica.Discriminator.Network.Definition.Input);
        Assert.Equal([2 * 4], replica.Discriminator.Network.Output);
        Assert.Equal([4 + TinyRecipes.Classes], replica.Generator.Network.Definition.Input);
        TinyRecipes.Advance(replica, 3);
        Assert.NotEqual(0, replica.Generator.Parameters.Gradient.norm().item<float>());
    }

    [Fact]
    public void LabelsOf_Samples_AreDrawnAsOftenAsTheDataHaveThem()
    {
        var recipe = Of("projection");
        using var replica = TinyRecipes.Create(recipe, TinyRecipes.LinksOf(recipe).Links);

        var labels = replica.LabelsOf("evaluation", 3000)!;

        // 40 patterns of three classes: 14, 13 and 13.
        Assert.Equal([14, 13, 13], replica.Labels!.Counts);
        Assert.Equal(labels, replica.LabelsOf("evaluation", 3000));
        Assert.All(Enumerable.Range(0, 3), label => Assert.InRange(labels.Count(drawn => drawn == label) / 3000.0, 0.29, 0.39));
    }

    [Fact]
    public void Sample_ChosenRows_AreThoseThatAreDrawnWithAnotherLabel()
    {
        using var scope = NewDisposeScope();
        var recipe = Of("cgan") with { Generator = TinyRecipes.Of("mlp").Generator with { Normalization = "none" } };
        using var replica = TinyRecipes.Create(recipe, TinyRecipes.LinksOf(recipe).Links);
        var (drawn, labels) = (replica.Sample("samples", 5), replica.LabelsOf("samples", 5)!);

        var same = replica.Sample("samples", [new LatentChoice(4), new LatentChoice(4) { Label = labels[4] }, new LatentChoice(4) { Label = (labels[4] + 1) % 3 }]);

        Numbers.AssertNear(drawn[4], same[0], 1e-6);
        Numbers.AssertNear(drawn[4], same[1], 1e-6);
        Assert.True((same[0] - same[2]).abs().max().item<float>() > 1e-4);
    }

    [Fact]
    public void Create_LabelsOfDataThatHaveNone_IsRefused()
    {
        var recipe = Of("cgan");

        var error = Assert.Throws<DistGanException>(() => ReplicaFactory.Create(recipe, new PatternDataSet(TinyRecipes.Shape), 0, TinyRecipes.LinksOf(recipe).Links, CPU));

        Assert.Contains("conditioning cgan needs the class of each sample", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Labelled))]
    public void Advance_FewHundredStepsOnARing_MakesSamplesOfTheLabelAskedFor(string kind)
    {
        var recipe = new Recipe
        {
            Data = new DataRecipe { Name = "ring", Modes = Modes },
            Conditioning = RecipeKinds.Conditionings[kind](),
            Latent = new LatentRecipe { Size = 4 },
            Generator = new PlayerRecipe { Network = "mlp", Width = 32, Depth = 2, Normalization = "none", Optimizer = new AdamRecipe { Rate = 2e-3 } },
            Discriminator = new PlayerRecipe { Network = "mlp", Width = 32, Depth = 2, Optimizer = new AdamRecipe { Rate = 2e-3 } },
            Batch = 64,
            Precision = "float32",
        };
        using var data = new GaussianMixtureDataSet("ring", GaussianMixtureDataSet.Ring(Modes), 2000, 1);
        using var replica = ReplicaFactory.Create(recipe, data, 0, LocalLinks.For(recipe, data.Shape), CPU);

        TinyRecipes.Advance(replica, 400);

        using var drawn = replica.Sample("evaluation", 500);
        using var samples = new ScoredSamples(drawn) { Labels = replica.LabelsOf("evaluation", 500) };
        using var metric = new LabelAccuracyMetric(data, null);
        Assert.InRange(metric.Score(samples)[MetricNames.LabelAccuracy], 0.7, 1); // chance is 0.25
    }

    private static Recipe Of(string kind, string network = "dcgan", string? replay = null) => TinyRecipes.Of(network, replay) with { Conditioning = TinyRecipes.Conditioning(kind) };

    private static void AssertTold(double[] pixels, int[] labels)
        => Assert.Equal(labels.Select(static label => Math.Round(Math.Tanh(label - 1), 1)), pixels.Select(static pixel => Math.Round(pixel, 1)));

    /// <summary>Sets the weights of a generator of one dense layer so that every pixel is tanh(label − 1).</summary>
    private static void Tell(Replica replica)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var views = replica.Generator.Network.Parameters.Views(replica.Generator.Parameters.Values);
        views[0].zero_();
        views[1].zero_();
        for (var label = 0; label < TinyRecipes.Classes; label++)
        {
            views[0].narrow(1, 4 + label, 1).fill_(label - 1f);
        }

        replica.Generator.Parameters.Refresh();
    }

    /// <summary>One dense layer from z ⊕ y to pixels.</summary>
    private sealed class Telling : Training.Networks.INetworkFamily
    {
        public Training.Networks.NetworkDefinition Generator(PlayerRecipe recipe, int latent, SampleShape shape)
            => new("generator", [latent], [new Dense(shape.Elements), new Activation(ActivationKind.Tanh), new Reshape(shape.Channels, shape.Height, shape.Width)]);

        public Training.Networks.NetworkDefinition Discriminator(PlayerRecipe recipe, SampleShape shape, bool normalize) => throw new NotSupportedException();
    }

    /// <summary>Hears what updates of D are shown: labels, and the first pixel of generated samples.</summary>
    private sealed class Listener : Technique
    {
        public override string Name => "listener";

        public List<int[]> Real { get; } = [];

        public List<int[]> Fresh { get; } = [];

        public List<int[]> Replayed { get; } = [];

        public List<double[]> FreshPixels { get; } = [];

        public List<double[]> ReplayedPixels { get; } = [];

        public override IReadOnlyList<FakeGroup> Show(IReadOnlyList<FakeGroup> fakes, long step, int update)
        {
            foreach (var group in fakes)
            {
                (group.IsReplayed ? Replayed : Fresh).Add(LabelCodec.LabelsOf(group.Codes!));
                (group.IsReplayed ? ReplayedPixels : FreshPixels).Add(Numbers.Doubles(group.Samples.flatten(1).narrow(1, 0, 1)));
            }

            return fakes;
        }

        public override Tensor? AddToLoss(DiscriminatorTurn turn)
        {
            Real.Add(LabelCodec.LabelsOf(turn.RealCodes!));
            return null;
        }
    }
}
