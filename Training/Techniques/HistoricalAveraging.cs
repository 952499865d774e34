using System.Buffers;
using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques;

/// <summary>
/// Adds w·‖θ − θ̄‖² to each player's loss, θ̄ = (1/t)·Σθ[i] over the updates of the whole lineage (Salimans et al. 2016,
/// section 3.3). The replica sums its own parameters; θ̄ comes from the parameter source, one to two rounds old. The term's
/// gradient 2w·(θ − θ̄) is added in closed form.
/// </summary>
/// <param name="recipe">w.</param>
public sealed class HistoricalAveraging(HistoricalAveragingRecipe recipe) : Technique
{
    private const string File = "historical-averaging";
    private readonly Dictionary<Player, History> _histories = [];
    private TechniqueContext? _context;

    public override string Name => "historical-averaging";

    public override void Attach(TechniqueContext context)
    {
        _context = context;
        foreach (var player in Enum.GetValues<Player>())
        {
            var values = context.Model(player).Parameters.Values;
            _histories[player] = new History(zeros_like(values).DetachFromDisposeScope(), zeros_like(values).DetachFromDisposeScope());
        }
    }

    public override void AddToGradient(PlayerModel model)
    {
        var history = _histories[model.Player];
        if (history.Count > 0)
        {
            model.Parameters.Gradient
                .add_(model.Parameters.Values, Of(2 * recipe.Weight))
                .add_(history.Mean, Of(-2 * recipe.Weight));
        }
    }

    public override Tensor GradientAhead(PlayerModel model, Tensor theta, Tensor gradient)
    {
        var history = _histories[model.Player];
        return history.Count > 0 ? gradient.Plus((theta - history.Mean) * Of(2 * recipe.Weight)) : gradient;
    }

    public override void AfterUpdate(PlayerModel model)
    {
        var history = _histories[model.Player];
        history.Sum.AddInPlace(model.Parameters.Values);
        history.Summed++;
    }

    public override void AtBoundary(long boundary, long step)
    {
        foreach (var (player, history) in _histories)
        {
            if (boundary > 1 && _context!.Links.Parameters.Take(player, boundary - 1) is { } average)
            {
                using (average)
                {
                    history.Take(average);
                }
            }

            _context!.Links.Parameters.Contribute(history.Contribution(player, boundary));
        }
    }

    public override void Report(IDictionary<string, double> values, long step)
    {
        var oldest = _histories.Values.Min(static history => history.Boundary);
        values[MetricNames.ParametersStalenessSteps] = step - oldest * _context!.Recipe.Topology.RoundSteps;
    }

    public override void Capture(StateBuilder state)
    {
        foreach (var (player, history) in _histories)
        {
            var prefix = player.ToString().ToLowerInvariant();
            state.Add(File, [Whole($"{prefix}.sum", history.Sum), Whole($"{prefix}.mean", history.Mean)]);
            state.Counters[$"historical_{prefix}"] = new System.Text.Json.Nodes.JsonArray(history.Summed, history.Count, history.Boundary);
        }
    }

    public override void Restore(StateView state)
    {
        foreach (var (player, history) in _histories)
        {
            var prefix = player.ToString().ToLowerInvariant();
            VectorBytes.Load(history.Sum, state.Array(File, $"{prefix}.sum").Bytes.Span);
            VectorBytes.Load(history.Mean, state.Array(File, $"{prefix}.mean").Bytes.Span);
            var counters = state.Counter($"historical_{prefix}").AsArray();
            history.Summed = counters[0]!.GetValue<long>();
            history.Count = counters[1]!.GetValue<long>();
            history.Boundary = counters[2]!.GetValue<long>();
        }
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var history in _histories.Values)
        {
            history.Sum.Dispose();
            history.Mean.Dispose();
        }

        base.Dispose(disposing);
    }

    private static NamedArray Whole(string name, Tensor vector) => new(name, "F32", [vector.numel()], VectorBytes.Copy(vector));

    /// <summary>One player's sum over the current round, and the newest average.</summary>
    private sealed class History(Tensor sum, Tensor mean)
    {
        public Tensor Sum { get; } = sum;

        public Tensor Mean { get; } = mean;

        /// <summary>Updates in <see cref="Sum"/>.</summary>
        public long Summed { get; set; }

        /// <summary>Updates in <see cref="Mean"/>; 0 while there is none.</summary>
        public long Count { get; set; }

        /// <summary>The boundary as of which <see cref="Mean"/> is.</summary>
        public long Boundary { get; set; }

        public void Take(ParameterAverage average)
        {
            VectorBytes.Load(Mean, MemoryMarshal.AsBytes(average.Mean.Span));
            Count = average.Count;
            Boundary = average.Boundary;
        }

        public ParameterContribution Contribution(Player player, long boundary)
        {
            var length = (int)Sum.numel();
            var rented = ArrayPool<float>.Shared.Rent(length);
            VectorBytes.CopyTo(Sum, rented);
            var contribution = new ParameterContribution(player, boundary, Summed, rented, length);
            Sum.zero_();
            Summed = 0;
            return contribution;
        }
    }
}
