using DistGan.Recipes;

namespace DistGan.Training.Techniques;

/// <summary>One-sided label smoothing: the real target becomes α, the target of generated samples stays 0 (Salimans et al. 2016, section 3.4).</summary>
/// <param name="recipe">α.</param>
public sealed class LabelSmoothing(LabelSmoothingRecipe recipe) : Technique
{
    public override string Name => "label-smoothing";

    public override double RealTarget(double target) => recipe.Target;
}
