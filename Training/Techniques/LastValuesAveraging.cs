using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques;

/// <summary>
/// Adds w·‖θ − θ̄‖² to each player's loss, θ̄ = (1/n)·Σθ[i] over the last n ≤ t values that θ had after every k-th step (Salimans et al.
/// 2016, section 3.3, with the sum over the last t values alone). The values are the replica's own; before the first there is no term.
/// The term's gradient 2w·(θ − θ̄) is added in closed form.
/// </summary>
/// <remarks>The values of a player of P parameters lie on its device: [t, P] numbers, and θ̄.</remarks>
/// <param name="recipe">w, t and k.</param>
public sealed class LastValuesAveraging(HistoricalAveragingRecipe recipe) : Technique
{
    private const string File = "historical-averaging";
    private const string Counter = "historical_taken";
    private readonly Dictionary<Player, Window> _windows = [];
    private TechniqueContext? _context;

    /// <summary>Values that were taken so far; the newest of them lie in the windows.</summary>
    private long _taken;

    public override string Name => "historical-averaging";

    private int Kept => (int)Math.Min(_taken, recipe.Last);

    public override void Attach(TechniqueContext context)
    {
        _context = context;
        foreach (var player in Enum.GetValues<Player>())
        {
            var values = context.Model(player).Parameters.Values;
            _windows[player] = new Window(
                zeros([recipe.Last, values.numel()], values.dtype, values.device).DetachFromDisposeScope(),
                zeros_like(values).DetachFromDisposeScope());
        }
    }

    public override void AddToGradient(PlayerModel model)
    {
        if (_taken > 0)
        {
            model.Parameters.Gradient
                .add_(model.Parameters.Values, Of(2 * recipe.Weight))
                .add_(_windows[model.Player].Mean, Of(-2 * recipe.Weight));
        }
    }

    public override Tensor GradientAhead(PlayerModel model, Tensor theta, Tensor gradient)
        => _taken > 0 ? gradient.Plus((theta - _windows[model.Player].Mean) * Of(2 * recipe.Weight)) : gradient;

    public override void AfterStep(long step)
    {
        if (step % recipe.EverySteps != 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var row = _taken % recipe.Last;
        _taken++;
        foreach (var (player, window) in _windows)
        {
            window.Values[row].copy_(_context!.Model(player).Parameters.Values);
            window.Average(Kept);
        }
    }

    public override void Capture(StateBuilder state)
    {
        using var scope = NewDisposeScope();
        foreach (var (player, window) in _windows)
        {
            var values = window.Values.narrow(0, 0, Kept);
            state.Add(File, [new NamedArray(NameOf(player), "F32", values.shape, VectorBytes.Copy(values))]);
        }

        state.Counters[Counter] = JsonValue.Create(_taken);
    }

    public override void Restore(StateView state)
    {
        using var scope = NewDisposeScope();
        _taken = state.Counter(Counter).GetValue<long>();
        foreach (var (player, window) in _windows)
        {
            var values = window.Values.narrow(0, 0, Kept);
            var array = state.Array(File, NameOf(player));
            if (!array.Shape.SequenceEqual(values.shape))
            {
                throw new DistGanException(
                    $"The snapshot keeps {string.Join('×', array.Shape)} numbers of the {NameOf(player)} for historical averaging, this recipe {string.Join('×', values.shape)}: resume with the recipe that made it.");
            }

            VectorBytes.Load(values, array.Bytes.Span);
            window.Average(Kept);
        }
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var window in _windows.Values)
        {
            window.Values.Dispose();
            window.Mean.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string NameOf(Player player) => player.ToString().ToLowerInvariant();

    /// <summary>One player's kept values [t, P], the oldest overwritten first, and their mean [P].</summary>
    private sealed record Window(Tensor Values, Tensor Mean)
    {
        /// <summary>Takes the mean anew: a running one would drift from the values that it stands for.</summary>
        public void Average(int kept)
        {
            using var noGrad = no_grad();
            if (kept > 0)
            {
                Mean.copy_(Values.narrow(0, 0, kept).mean([0L]));
            }
        }
    }
}
