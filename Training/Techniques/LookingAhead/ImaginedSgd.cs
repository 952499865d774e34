using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Optimizers;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.LookingAhead;

/// <summary>v ← μv + g, θ' = θ − η·v, or θ − η·(g + μv) with Nesterov's momentum: <see cref="Sgd"/> in a graph.</summary>
internal sealed class ImaginedSgd(SgdRecipe recipe, IOptimizer real) : IImaginedOptimizer
{
    private Tensor? _velocity = real.State.GetValueOrDefault("velocity");

    public Tensor Next(Tensor theta, Tensor gradient)
    {
        var move = gradient;
        if (_velocity is not null)
        {
            _velocity = (_velocity * Of(recipe.Momentum)).Plus(gradient);
            move = recipe.Nesterov ? gradient.Plus(_velocity * Of(recipe.Momentum)) : _velocity;
        }

        return theta - move * Of(real.Rate);
    }
}
