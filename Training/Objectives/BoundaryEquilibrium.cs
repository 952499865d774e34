using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Steps;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Objectives;

/// <summary>
/// Of energies L: L_D = L(x) − k·L(G(z)), L_G = L(G(z)), and after each update of D k ← clip(k + λ·(γ·L(x) − L(G(z))), 0, 1) from
/// k = 0, so that L(G(z)) is held at γ·L(x) (Berthelot et al. 2017, section 3.4). The measure of convergence is
/// M = L(x) + |γ·L(x) − L(G(z))| (section 3.4.1).
/// </summary>
/// <remarks>
/// L(x) and L(G(z)) are the means over the samples of that update, replayed ones included. k is a float64 scalar on the device: no step
/// waits for it. An update whose energies are no numbers leaves k as it is.
/// </remarks>
/// <param name="recipe">γ and λ.</param>
public sealed class BoundaryEquilibrium(BoundaryEquilibriumRecipe recipe) : IObjective, IDisposable
{
    private const string Counter = "began_k";

    private double _first;
    private Tensor? _k;
    private Tensor? _next;

    public IObjective LookAhead() => new BoundaryEquilibriumAhead(this, _k ?? full([], Of(_first), ScalarType.Float64));

    public Tensor DiscriminatorLoss(DiscriminatorTurn turn)
    {
        var (real, fake) = (turn.RealScores.mean(), turn.FakeScores.mean());
        _k ??= full([], Of(_first), ScalarType.Float64, real.device).DetachFromDisposeScope();
        _next ??= _k.clone().DetachFromDisposeScope();
        Follow(real.detach(), fake.detach(), turn.Meter);
        return real - _k.to_type(real.dtype) * fake;
    }

    public Tensor GeneratorLoss(GeneratorTurn turn) => turn.FakeScores.mean();

    /// <summary>k moves after D, as the graph of L_D holds the old one until then.</summary>
    public void AfterUpdate(PlayerModel model)
    {
        if (model.Player == Player.Discriminator && _next is not null)
        {
            _k!.copy_(_next);
        }
    }

    /// <summary>As bits, so that nothing is lost on the way through a file.</summary>
    public void Capture(StateBuilder state) => state.Counters[Counter] = BitConverter.DoubleToInt64Bits(_k?.item<double>() ?? _first);

    public void Restore(StateView state)
    {
        _first = BitConverter.Int64BitsToDouble(state.Counter(Counter).GetValue<long>());
        using var noGrad = no_grad();
        _k?.fill_(Of(_first));
    }

    public void Dispose()
    {
        _k?.Dispose();
        _next?.Dispose();
    }

    /// <summary>k after an update of D with these energies, in their graph.</summary>
    internal Tensor Next(Tensor k, Tensor real, Tensor fake) => Next(k, Imbalance(real, fake));

    private Tensor Imbalance(Tensor real, Tensor fake) => Of(recipe.Diversity) * real.to_type(ScalarType.Float64) - fake.to_type(ScalarType.Float64);

    private Tensor Next(Tensor k, Tensor imbalance)
    {
        var next = k.Plus(Of(recipe.Gain) * imbalance).clamp(Of(0), Of(1));
        return where(next.isnan(), k, next);
    }

    private void Follow(Tensor real, Tensor fake, RoundMeter meter)
    {
        using var noGrad = no_grad();
        var imbalance = Imbalance(real, fake);
        _next!.copy_(Next(_k!, imbalance));
        meter.Add(MetricNames.BeganK, _k!);
        meter.Add(MetricNames.BeganConvergence, real.Plus(imbalance.abs()));
    }
}
