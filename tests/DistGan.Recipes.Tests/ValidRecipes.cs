using CsCheck;
using DistGan.Recipes;

namespace DistGan.Recipes.Tests;

/// <summary>Random recipes that pass validation.</summary>
internal static class ValidRecipes
{
    private static readonly Gen<string> Path = Gen.OneOf(
        Gen.String[1, 20].Where(text => text.All(letter => !char.IsSurrogate(letter))),
        OneOf("null", "~", "true", "1e3", "0x10", "- a", "a: b", "#c", " lead", "trail ", "\"q\"", "'s'", "two\nlines", "\u00e4\u20ac", "\U0001F600", "*a", "&a", "!b", "%d", "@e", "`f", "[g]", "{h}", "?", ":", "\\", "\t", "\u0085\u2028", "\0", ".inf", "no"));

    private static readonly Gen<double> Rate = Gen.Double[1e-12, 10];

    private static readonly Gen<double> Decay = Gen.Double[0, 0.999999];

    private static readonly Gen<ScheduleRecipe> Schedule = Gen.OneOf(
        Gen.Const((ScheduleRecipe)new ConstantScheduleRecipe()),
        Gen.Select(Decay, Gen.Double[0, 1], (start, to) => (ScheduleRecipe)new LinearScheduleRecipe { Start = start, To = to }),
        Gen.Select(Gen.Long[0, 1 << 20], Gen.Double[0, 1], (warmUp, to) => (ScheduleRecipe)new CosineScheduleRecipe { WarmUpSteps = warmUp, To = to }));

    private static readonly Gen<OptimizerRecipe> Optimizer = Gen.Select(
        Gen.OneOf(
            Gen.Select(Decay, Decay, Gen.Double[1e-300, 1], (beta1, beta2, epsilon) => (OptimizerRecipe)new AdamRecipe { Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon }),
            Gen.Select(Decay, Decay, Gen.Double[1e-300, 1], (decay, momentum, epsilon) => (OptimizerRecipe)new RmsPropRecipe { Decay = decay, Momentum = momentum, Epsilon = epsilon }),
            Gen.Select(Decay, Gen.Bool, (momentum, nesterov) => (OptimizerRecipe)new SgdRecipe { Momentum = momentum, Nesterov = nesterov })),
        Rate,
        Schedule,
        (optimizer, rate, schedule) => optimizer with { Rate = rate, Schedule = schedule });

    private static readonly Gen<PlayerRecipe> Player = Gen.Select(Gen.Int[1, 65536], Gen.Int[1, 64].Nullable(), Gen.Select(OneOf("auto", "batch", "none"), OneOf("auto", "absolute", "squared"), Gen.Int[1, 65536].Nullable()), OneOf("relu", "leaky-relu", "tanh"), Optimizer,
        (width, depth, normalization, activation, optimizer) => new PlayerRecipe { Network = "mlp", Width = width, Depth = depth, Normalization = normalization.Item1, Norm = normalization.Item2, Code = normalization.Item3, Activation = activation, Optimizer = optimizer });

    private static readonly Gen<DataRecipe> Data = Gen.OneOf(
        Gen.Select(Path, Path.Null(), Gen.Int[8, 1024], (idx, labels, size) => new DataRecipe { Name = null, Idx = idx, Labels = labels, Size = size }),
        Gen.Select(Path, Gen.Bool, Gen.Long[0, long.MaxValue], OneOf("none", "flip", "shift", "flip-shift"), Gen.Int[8, 1024],
            (folder, flag, bytes, augment, size) => new DataRecipe { Name = null, Folder = folder, Labels = flag ? DataRecipe.Subfolders : null, Shared = flag, MemoryBytes = bytes, Augment = augment, OnCorrupt = flag ? "skip" : "refuse", Channels = flag ? 3 : null, Size = size }),
        Gen.Select(Gen.Int[1, 40], Gen.Double[4, 1000], Path, (modes, spread, digits) => new DataRecipe { Name = "gaussians", Modes = modes, Spread = spread, Base = digits }),
        Gen.Select(OneOf("ring", "grid", "fashion-10k"), Gen.Int[1, 1024], (name, modes) => new DataRecipe { Name = name, Modes = modes, Size = 28 }));

    private static readonly Gen<TechniquesRecipe> Rewriting = Gen.Select(
        Gen.Int[2, 4].Select(samples => new PackingRecipe { Samples = samples }).Null(),
        Gen.Select(Gen.Int[1, 4096], Gen.Int[1, 1024], (kernels, dimensions) => new MinibatchDiscriminationRecipe { Kernels = kernels, Dimensions = dimensions }).Null(),
        Gen.Int[2, 4096].Select(reference => new VirtualBatchNormalizationRecipe { Reference = reference }).Null(),
        OneOf("discriminator", "generator", "both").Select(players => new SpectralNormalizationRecipe { Players = players }).Null(),
        (packing, compared, referenced, spectral) => new TechniquesRecipe { Packing = packing, MinibatchDiscrimination = compared, VirtualBatchNormalization = referenced, SpectralNormalization = spectral });

    private static readonly Gen<Func<TechniquesRecipe, TechniquesRecipe>> Further = Gen.OneOf(
        Gen.Const<Func<TechniquesRecipe, TechniquesRecipe>>(static techniques => techniques),
        Gen.Select(Gen.Double[1e-9, 1e6], Gen.Int[1, 1000], Gen.Bool, static (gamma, every, isReal) => (Func<TechniquesRecipe, TechniquesRecipe>)(techniques =>
            isReal ? techniques with { R1 = new() { Gamma = gamma, Every = every } } : techniques with { R2 = new() { Gamma = gamma, Every = every } })),
        OneOf("color", "translation", "cutout").Select(static change => (Func<TechniquesRecipe, TechniquesRecipe>)(techniques => techniques with { Diffaugment = new() { Policy = [change] } })),
        Gen.Select(Gen.Int[0, 100], OneOf("minimax", "objective"), static (steps, loss) => (Func<TechniquesRecipe, TechniquesRecipe>)(techniques =>
            techniques with { Unrolling = new() { Steps = steps, Loss = loss } })));

    private static readonly Gen<TechniquesRecipe> Techniques = Gen.Select(
        Gen.Select(OneOf("parallel", "half", "pool"), Gen.Long[1L << 32, 1L << 40], Gen.Double[0.5, 0.7], Gen.Int[1, 1 << 20],
            (mode, bytes, share, pool) => new ExperienceReplayRecipe { Mode = mode, BudgetBytes = bytes, Share = share, PoolSize = pool }).Null(),
        Gen.Select(Gen.Double[1e-9, 1e6], OneOf("running", "last"), Gen.Int[1, 1000], Gen.Long[1, 1L << 40],
            static (weight, kind, last, every) => new HistoricalAveragingRecipe { Weight = weight, Kind = kind, Last = last, EverySteps = every }).Null(),
        Gen.Double[0, 0.9999999].Select(decay => new ExponentialMovingAverageRecipe { Decay = decay }).Null(),
        Gen.Select(Gen.Double[1e-9, 1e6], Gen.Bool, (weight, replace) => new FeatureMatchingRecipe { Weight = weight, Replace = replace }).Null(),
        Gen.Select(Rewriting, Further),
        (replay, averaging, ema, matching, others) => others.Item2(others.Item1 with { ExperienceReplay = replay, HistoricalAveraging = averaging, Ema = ema, FeatureMatching = matching }));

    private static readonly Gen<(ObjectiveRecipe Objective, LabelSmoothingRecipe? Smoothing)> Objective = Gen.OneOf(
        Gen.Select(
            Gen.OneOf(Gen.Const((ObjectiveRecipe)new MinimaxRecipe()), Gen.Const((ObjectiveRecipe)new NonSaturatingRecipe()), Gen.Const((ObjectiveRecipe)new LeastSquaresRecipe())),
            Gen.Double[0.51, 1].Select(target => new LabelSmoothingRecipe { Target = target }).Null(),
            (objective, smoothing) => (objective, smoothing)),
        Gen.OneOf(Gen.Const((ObjectiveRecipe)new HingeRecipe()), Gen.Const((ObjectiveRecipe)new RelativisticRecipe())).Select(objective => (objective, (LabelSmoothingRecipe?)null)),
        Gen.Double[1e-9, 1e3].Select(clip => ((ObjectiveRecipe)new WassersteinRecipe { Clip = clip }, (LabelSmoothingRecipe?)null)),
        Gen.Double[1e-9, 1e6].Select(penalty => ((ObjectiveRecipe)new DraganRecipe { Penalty = penalty }, (LabelSmoothingRecipe?)null)),
        Gen.Select(Gen.Double[1e-9, 1e6], Gen.Double[0, 1e6], (margin, pull) => ((ObjectiveRecipe)new EnergyBasedRecipe { Margin = margin, PullingAway = pull }, (LabelSmoothingRecipe?)null)),
        Gen.Select(OneOf("gaussian", "bernoulli"), Gen.Double[1e-3, 1e3], (likelihood, deviation) => ((ObjectiveRecipe)new VariationalRecipe { Likelihood = likelihood, Deviation = deviation }, (LabelSmoothingRecipe?)null)),
        Gen.Select(Gen.Double[1e-9, 1], Gen.Double[1e-9, 1], (diversity, gain) => ((ObjectiveRecipe)new BoundaryEquilibriumRecipe { Diversity = diversity, Gain = gain }, (LabelSmoothingRecipe?)null)),
        Gen.Double[1e-9, 1e6].Select(penalty => ((ObjectiveRecipe)new WassersteinGradientPenaltyRecipe { Penalty = penalty }, (LabelSmoothingRecipe?)null)));

    private static readonly Gen<ConditioningRecipe> Conditioning = Gen.OneOf(
        Gen.Const((ConditioningRecipe)new UnconditionalRecipe()),
        Gen.Const((ConditioningRecipe)new ConditionalGanRecipe()),
        Gen.Const((ConditioningRecipe)new ProjectionRecipe()),
        Gen.Select(Gen.Double[1e-9, 1e6], Gen.Double[0, 1e6], (weight, generator) => (ConditioningRecipe)new AuxiliaryClassifierRecipe { Weight = weight, GeneratorWeight = generator }),
        Gen.Select(Gen.Int[2, 1000], Gen.Int[0, 1000], Gen.Double[1e-9, 1e6], (categories, continuous, weight) => (ConditioningRecipe)new InformationMaximizingRecipe { Categories = categories, Continuous = continuous, Weight = weight }));

    private static readonly Gen<BalanceRecipe> Balance = Gen.OneOf(
        Gen.Select(Gen.Int[1, 100], Gen.Int[1, 100], (d, g) => (BalanceRecipe)new StaticBalanceRecipe { Discriminator = d, Generator = g }),
        Gen.Select(Gen.Double[1e-3, 1e3], Decay, Gen.Int[1, 100], Gen.Int[1, 100], Gen.Int[1, 10000], Gen.Int[0, 10000],
            (lambda, slack, d, g, every, starve) => (BalanceRecipe)new LossChangeBalanceRecipe { Lambda = lambda, Hysteresis = slack, Discriminator = d, Generator = g, EverySteps = every, StarveSteps = starve }),
        Gen.Select(Gen.Double[0, 0.5], Gen.Double[0.7, 1], Gen.Double[0, 0.09], Gen.Int[1, 100], Gen.Int[1, 10000], Gen.Int[0, 10000],
            (low, high, slack, updates, every, starve) => (BalanceRecipe)new AccuracyGateBalanceRecipe { GeneratorThreshold = low, DiscriminatorThreshold = high, Hysteresis = slack, Discriminator = updates, Generator = updates, EverySteps = every, StarveSteps = starve }),
        Gen.Select(Gen.Double[-1, 1], Gen.Double[0, 1], Gen.Int[1, 100], Gen.Int[1, 100], Gen.Int[1, 10000],
            (target, slack, d, g, every) => (BalanceRecipe)new SignControlBalanceRecipe { Target = target, Hysteresis = slack, MostDiscriminator = d, MostGenerator = g, EverySteps = every }));

    private static readonly Gen<BudgetRecipe> Budget = Gen.Select(Gen.Long[1, long.MaxValue].Nullable(), Gen.Long[1, 1 << 30].Nullable(), Gen.Double[1e-3, 1e7],
        (steps, images, minutes) => new BudgetRecipe { Steps = steps, Images = images, Minutes = minutes });

    private static readonly Gen<StartRecipe> Start = Gen.Select(OneOf("start/weights.safetensors", "a", "1/2e3"), OneOf(new string('0', 64), "1e" + new string('9', 62), new string('f', 64)).Null(),
        (weights, hash) => new StartRecipe { Weights = weights, Sha256 = hash });

    private static readonly Gen<EvaluationRecipe> Evaluation = Gen.Select(Gen.Long[1, 1L << 50], Gen.Int[16, 1_000_000], (every, samples) => new EvaluationRecipe { EverySteps = every, Samples = samples });

    private static readonly Gen<TopologyRecipe> Topology = Gen.Select(
        Gen.Select(OneOf("independent", "averaging", "gossip"), Gen.Int[2, 64], Gen.Int[1, 100000], Gen.Int[2, 64].Nullable(), OneOf("mean", "elastic", "nesterov")),
        Gen.Select(Gen.Double[1e-6, 1], Gen.Double[1e-6, 2], Gen.Double[0, 0.999999], Gen.Double[1e-3, 20], Gen.Int[0, 1000]),
        (first, second) => new TopologyRecipe
        {
            Kind = first.Item1,
            Replicas = first.Item2,
            RoundSteps = first.Item3,
            Quorum = first.Item4 is { } quorum ? Math.Min(quorum, first.Item2) : null,
            Merge = first.Item5,
            Elasticity = second.Item1,
            OuterRate = second.Item2,
            OuterMomentum = second.Item3,
            DeadlineSeconds = second.Item4,
            MaxStaleRounds = second.Item5,
        });

    /// <summary>Every member that has more than one valid value varies.</summary>
    public static Gen<Recipe> All { get; } = Gen.Select(
        Gen.Select(OneOf("a", "null", "true", "0", "1e3", "fashion-2", "0x1f", "no"), Data, Player, Player, Objective, Topology),
        Gen.Select(Techniques, Budget, Evaluation.Null(), Gen.Int[2, 4096], Gen.Long[0, long.MaxValue], Start.Null()),
        Gen.Select(Gen.Int[1, 1024].Nullable(), Gen.Double[0, 3600], OneOf("auto", "float32", "bfloat16"), OneOf("rollback", "stop", "continue"), Balance, Gen.Select(Gen.Bool, Conditioning)),
        (first, second, third) => new Recipe
        {
            Name = first.Item1,
            Data = first.Item2,
            Generator = first.Item3,
            Discriminator = first.Item5.Objective.UsesEnergies ? first.Item4 with { Network = "autoencoder" } : first.Item4,
            Objective = first.Item5.Objective,
            Techniques = second.Item1 with { LabelSmoothing = first.Item5.Smoothing },
            Budget = second.Item2,
            Evaluation = second.Item3,
            Batch = second.Item4,
            Seed = second.Item5,
            Start = second.Item6,
            Threads = third.Item1,
            Topology = first.Item6 with { PatienceSeconds = third.Item2 },
            Precision = third.Item3,
            OnDivergence = third.Item4,
            Diagnosis = third.Item6.Item1,
            Conditioning = third.Item6.Item2,
            Balance = third.Item5,
        }).Select(Repaired).Where(recipe => RecipeValidator.Validate(recipe).Count == 0);

    /// <summary>Without the techniques, the conditioning, the balance and the start that its other parts do not allow: a random recipe nearly always has one.</summary>
    private static Recipe Repaired(Recipe recipe)
    {
        var errors = RecipeValidator.Validate(recipe).Select(static error => error.Key).ToList();
        var defaults = new Recipe();
        return recipe with
        {
            Techniques = errors.Exists(static key => key.StartsWith("techniques", StringComparison.Ordinal)) ? new() { Ema = recipe.Techniques.Ema } : recipe.Techniques,
            Conditioning = errors.Exists(static key => key.StartsWith("conditioning", StringComparison.Ordinal)) ? defaults.Conditioning : recipe.Conditioning,
            Balance = errors.Exists(static key => key.StartsWith("balance", StringComparison.Ordinal)) ? defaults.Balance : recipe.Balance,
        };
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
