using DistGan.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.Augmenting;

/// <summary>
/// Differentiable augmentation: D sees T(x) for every x, real, fresh or replayed, and G learns through D(T(G(z))); T is drawn anew
/// for each sample of each update (Zhao et al. 2020, section 3.2). As real images are changed like generated ones, G has
/// nothing to gain from copying the changes. The draws are functions of (seed, replica, step, update, group).
/// </summary>
/// <param name="recipe">Which changes.</param>
public sealed class DiffAugment(DiffAugmentRecipe recipe) : Technique
{
    /// <summary>Numbers drawn for a sample: brightness, saturation, contrast, shift by x and y, centre of the hole in x and y.</summary>
    private const int Draws = 7;

    private readonly (bool Color, bool Translation, bool Cutout) _does =
        (recipe.Policy.Contains("color"), recipe.Policy.Contains("translation"), recipe.Policy.Contains("cutout"));

    private TechniqueContext? _context;

    public override string Name => "diffaugment";

    public override void Attach(TechniqueContext context)
        => _context = context.Shape.IsImage
            ? context
            : throw new DistGanException($"techniques.diffaugment changes images, but the samples have shape {context.Shape}: turn it off with techniques.diffaugment=false.");

    public override Tensor Present(Tensor samples, in Presentation at)
    {
        // The same numbers are drawn whatever the policy, so that leaving out one change leaves the others as they are.
        var uniforms = _context!.Latents.Uniform([Draws, samples.shape[0]], $"diffaugment-{at.Group}", at.Step, at.Update).to_type(samples.dtype);
        var x = samples;
        if (_does.Color)
        {
            x = ImageChanges.Brightness(x, uniforms[0]);
            x = ImageChanges.Saturation(x, uniforms[1]);
            x = ImageChanges.Contrast(x, uniforms[2]);
        }

        if (_does.Translation)
        {
            x = ImageChanges.Translate(x, uniforms[3], uniforms[4]);
        }

        return _does.Cutout ? ImageChanges.Cutout(x, uniforms[5], uniforms[6]) : x;
    }
}
