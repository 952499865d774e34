using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Optimizers;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.LookingAhead;

/// <summary>m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ' = θ − η·m̂ / (√(v̂ + 10⁻¹²) + ε): <see cref="Adam"/>, made differentiable.</summary>
internal sealed class ImaginedAdam(AdamRecipe recipe, IOptimizer real) : IImaginedOptimizer
{
    private Tensor _first = real.State["first"];
    private Tensor _second = real.State["second"];
    private long _updates = real.Updates;

    public Tensor Next(Tensor theta, Tensor gradient)
    {
        _updates++;
        _first = (_first * Of(recipe.Beta1)).Plus(gradient * Of(1 - recipe.Beta1));
        _second = (_second * Of(recipe.Beta2)).Plus(gradient.Squared() * Of(1 - recipe.Beta2));
        var root = (_second / Of(1 - Math.Pow(recipe.Beta2, _updates))).Plus(ImaginedOptimizerCatalog.UnderRoot).sqrt();
        return theta - _first / root.Plus(recipe.Epsilon) * Of(real.Rate / (1 - Math.Pow(recipe.Beta1, _updates)));
    }
}
