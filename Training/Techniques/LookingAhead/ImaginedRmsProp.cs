using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Optimizers;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.LookingAhead;

/// <summary>v ← αv + (1−α)g², m ← μm + g/(√(v + 10⁻¹²) + ε), θ' = θ − η·m: <see cref="RmsProp"/>, made differentiable.</summary>
internal sealed class ImaginedRmsProp(RmsPropRecipe recipe, IOptimizer real) : IImaginedOptimizer
{
    private Tensor _square = real.State["square"];
    private Tensor? _momentum = real.State.GetValueOrDefault("momentum");

    public Tensor Next(Tensor theta, Tensor gradient)
    {
        _square = (_square * Of(recipe.Decay)).Plus(gradient.Squared() * Of(1 - recipe.Decay));
        var move = gradient / _square.Plus(ImaginedOptimizerCatalog.UnderRoot).sqrt().Plus(recipe.Epsilon);
        if (_momentum is not null)
        {
            move = _momentum = (_momentum * Of(recipe.Momentum)).Plus(move);
        }

        return theta - move * Of(real.Rate);
    }
}
