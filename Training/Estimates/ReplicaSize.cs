using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;

namespace DistGan.Training.Estimates;

/// <summary>What a replica needs, from its recipe and the shape of its samples alone: generous rules, not measurements.</summary>
public sealed class ReplicaSize
{
    /// <summary>Copies of what lies between two layers while a gradient is computed: value, statistics, gradient, workspace.</summary>
    private const double ActivationCopies = 4;

    /// <summary>Copies of a vector: in training, on its way to a file, and in the grains.</summary>
    private const double VectorCopies = 3;

    /// <summary>Passes that a backward pass costs, in forward passes.</summary>
    private const double BackwardPasses = 2;

    private readonly Recipe _recipe;
    private readonly SampleShape _shape;
    private readonly NetworkSize _generator;
    private readonly NetworkSize _discriminator;

    private ReplicaSize(Recipe recipe, SampleShape shape, NetworkSize generator, NetworkSize discriminator)
        => (_recipe, _shape, _generator, _discriminator) = (recipe, shape, generator, discriminator);

    /// <summary>Numbers in θ of both players.</summary>
    public long Parameters => _generator.Parameters + _discriminator.Parameters;

    /// <summary>Bytes of vectors, gradients, optimisers and averages, and of the copies that a snapshot makes.</summary>
    public double VectorBytes
        => sizeof(float) * VectorCopies * (StateNumbers + Parameters);

    /// <summary>Bytes of the largest graph: an update of D, with the samples of G that it shares with G's own update.</summary>
    public double ActivationBytes
    {
        get
        {
            var batch = (double)_recipe.Batch;
            var numbers = (GeneratedBatches * batch * _generator.Activations) + (SamplesOfD * _discriminator.Activations * (_recipe.UsesGradientOfDiscriminator() ? 3 : 1))
                + (Unrolled * batch * (_generator.Activations + (2 * 3.0 * _discriminator.Activations)));
            var number = IsHalf && !_recipe.UsesGradientOfDiscriminator() ? sizeof(short) : sizeof(float);
            return numbers * number * ActivationCopies;
        }
    }

    /// <summary>Bytes while scores are computed: samples, and what one batch of G leaves.</summary>
    public double EvaluationBytes
        => _recipe.Evaluation is { } evaluation ? (evaluation.Samples * (double)_shape.Elements * sizeof(float) * 3) + (Math.Min(evaluation.Samples, 256) * (double)_generator.Activations * sizeof(float) * 2) : 0;

    /// <summary>Bytes of one snapshot, with a full replay buffer.</summary>
    public double SnapshotBytes
        => (sizeof(float) * (StateNumbers + _generator.Buffers + _discriminator.Buffers)) + ReplayBytes + (_recipe.Techniques.HistoricalAveraging is { Kind: HistoricalAveragingRecipe.Running } ? sizeof(double) * (double)Parameters : 0);

    /// <summary>Bytes of images that are kept for replay.</summary>
    public double ReplayBytes => _recipe.Techniques.ExperienceReplay switch
    {
        null => 0,
        { Mode: "pool" } pool => (double)pool.PoolSize * ReplayItemSize.Of(_recipe, _shape),
        { } replay => replay.BudgetBytes,
    };

    /// <summary>Floating-point operations of one step.</summary>
    public double StepFlops
    {
        get
        {
            var (batch, balance) = ((double)_recipe.Batch, Updates);
            var penalty = _recipe.UsesGradientOfDiscriminator() ? 2 * (1 + BackwardPasses) * batch * _discriminator.Flops : 0;
            var updateD = (SamplesOfD * _discriminator.Flops * (1 + BackwardPasses)) + (batch * _generator.Flops) + penalty;
            var updateG = (batch * ((_generator.Flops * (1 + BackwardPasses)) + (_discriminator.Flops * (1 + 1)))) + (Unrolled * batch * UnrolledFlops);
            return (balance.Discriminator * updateD) + (balance.Generator * updateG);
        }
    }

    /// <summary>Passes through a layer in one step, each of which costs something however small it is.</summary>
    public double StepPasses
        => (Updates.Discriminator * ((_discriminator.Layers * (_recipe.UsesGradientOfDiscriminator() ? 5.0 : 3.0)) + _generator.Layers))
            + (Updates.Generator * (_generator.Layers + _discriminator.Layers) * 2.0)
            + (Updates.Generator * Unrolled * ((_generator.Layers * 4.0) + (_discriminator.Layers * 20.0)));

    /// <summary>Floating-point operations of the samples of one evaluation.</summary>
    public double EvaluationFlops => (_recipe.Evaluation?.Samples ?? 0) * _generator.Flops;

    /// <summary>Batches whose graphs through G are kept until it is updated; in topology multi-discriminator those of replica 0, the largest.</summary>
    private int GeneratedBatches => _recipe.Topology.HasManyDiscriminators() ? _recipe.Topology.GeneratedBatches() : 1;

    /// <summary>Updates of D that one update of G looks through.</summary>
    private int Unrolled => _recipe.Techniques.Unrolling?.Steps ?? 0;

    /// <summary>Floating-point operations of looking through one of them with one sample: D on real and generated ones, forward, backward, and backward through both.</summary>
    private double UnrolledFlops => (_generator.Flops * (1 + BackwardPasses)) + (2 * 2 * (1 + BackwardPasses) * _discriminator.Flops);

    private bool IsHalf => _recipe.Precision == "bfloat16";

    private BalanceTurn Updates => _recipe.Balance.Usual;

    /// <summary>Samples that D sees in one update: real, fresh and replayed.</summary>
    private double SamplesOfD => _recipe.Batch * (2 + (_recipe.Techniques.ExperienceReplay is { Mode: "parallel" } replay ? replay.Share : 0));

    /// <summary>Numbers of the vectors that a snapshot holds: θ, two moments, averages.</summary>
    private double StateNumbers
        => (3.0 * Parameters) + (_recipe.Techniques.Ema is null ? 0 : _generator.Parameters) + (HistoricalCopies * (double)Parameters);

    /// <summary>Copies of both players' parameters that historical averaging keeps.</summary>
    private int HistoricalCopies => _recipe.Techniques.HistoricalAveraging switch
    {
        null => 0,
        { Kind: HistoricalAveragingRecipe.LastValues } averaging => averaging.Last,
        _ => 2,
    };

    /// <summary>The size of a recipe's replica.</summary>
    /// <param name="recipe">A validated recipe; precision auto counts as float32.</param>
    /// <param name="shape">The shape of one sample.</param>
    /// <exception cref="DistGanException">A network cannot make samples of that shape.</exception>
    public static ReplicaSize Of(Recipe recipe, SampleShape shape, int classes = 0)
    {
        var techniques = TechniqueCatalog.Create(recipe.Techniques);
        try
        {
            return new(
                recipe,
                shape,
                NetworkSize.Of(ReplicaFactory.Define(Player.Generator, recipe, shape, techniques, classes: classes)),
                NetworkSize.Of(ReplicaFactory.Define(Player.Discriminator, recipe, shape, techniques, classes: classes)));
        }
        finally
        {
            foreach (var technique in techniques)
            {
                technique.Dispose();
            }
        }
    }
}
