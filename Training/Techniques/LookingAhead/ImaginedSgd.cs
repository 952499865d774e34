using DistGan.Recipes;
using DistGan.Training.Optimizers;
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
            _velocity = _velocity * recipe.Momentum + gradient;
            move = recipe.Nesterov ? gradient + _velocity * recipe.Momentum : _velocity;
        }

        return theta - move * real.Rate;
    }
}
