using DistGan.Recipes;
using DistGan.Training.Optimizers;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.LookingAhead;

/// <summary>v ← αv + (1−α)g², m ← μm + g/(√(v + 10⁻¹²) + ε), θ' = θ − η·m: <see cref="RmsProp"/>, made differentiable.</summary>
internal sealed class ImaginedRmsProp(RmsPropRecipe recipe, IOptimizer real) : IImaginedOptimizer
{
    private Tensor _square = real.State["square"];
    private Tensor? _momentum = real.State.GetValueOrDefault("momentum");

    public Tensor Next(Tensor theta, Tensor gradient)
    {
        _square = _square * recipe.Decay + gradient.square() * (1 - recipe.Decay);
        var move = gradient / ((_square + ImaginedOptimizerCatalog.UnderRoot).sqrt() + recipe.Epsilon);
        if (_momentum is not null)
        {
            move = _momentum = _momentum * recipe.Momentum + move;
        }

        return theta - move * real.Rate;
    }
}
