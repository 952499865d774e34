using DistGan.Recipes;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques;

/// <summary>
/// θ_ema ← d_t·θ_ema + (1−d_t)·θ after update t of the generator, d_t = min(d, (1+t)/(10+t)); θ_ema starts as θ,
/// or as the other run's average where weights are taken from one
/// (averaging as in Yazıcı et al. 2019; the warm-up keeps initial weights from lingering). Training never reads θ_ema.
/// </summary>
/// <param name="recipe">d.</param>
public sealed class ExponentialMovingAverage(ExponentialMovingAverageRecipe recipe) : Technique, IGeneratorAverage
{
    /// <summary>File of the averaged weights in a snapshot; its buffers are standing statistics of those weights.</summary>
    public const string File = "ema";

    private TechniqueContext? _context;
    private Tensor? _average;
    private Tensor? _weight;
    private long _updates;

    public override string Name => "ema";

    public Tensor Average => _average ?? throw new InvalidOperationException("The technique is not attached.");

    private PlayerModel Generator => _context!.Generator;

    public override void Attach(TechniqueContext context)
    {
        _context = context;
        _average = context.Generator.Parameters.Values.clone().DetachFromDisposeScope();
        _weight = zeros(1, context.Generator.Parameters.Values.dtype, context.Device).DetachFromDisposeScope();
    }

    public override void Start(StartWeights weights)
        => Generator.Network.Parameters.FromArrays(weights.Average ?? weights.Generator, Average);

    public override void AfterUpdate(PlayerModel model)
    {
        if (model.Player != Player.Generator)
        {
            return;
        }

        _updates++;
        var decay = Math.Min(recipe.Decay, (1.0 + _updates) / (10.0 + _updates));
        _weight!.fill_(Of(1 - decay));
        _average!.lerp_(model.Parameters.Values, _weight);
    }

    public override void Capture(StateBuilder state)
    {
        using var shown = new ShownGenerator(Generator.Network, Average, Generator.Buffers.Values, _context!.Latents);
        state.Add(File, Generator.Network.Parameters.ToArrays(Average));
        state.Add(File, Generator.Network.Buffers.ToArrays(shown.Buffers));
        state.Counters["ema_updates"] = _updates;
    }

    public override void Restore(StateView state)
    {
        Generator.Network.Parameters.FromArrays(state.File(File), Average);
        _updates = state.Counter("ema_updates").GetValue<long>();
    }

    protected override void Dispose(bool disposing)
    {
        _average?.Dispose();
        _weight?.Dispose();

        base.Dispose(disposing);
    }
}
