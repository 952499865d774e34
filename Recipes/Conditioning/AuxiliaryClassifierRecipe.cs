using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Auxiliary classifier GAN (Odena et al. 2017).</summary>
[Description("D also tells the class of a sample, and both players gain from classes that are told rightly (Odena et al. 2017).")]
public sealed record AuxiliaryClassifierRecipe : ConditioningRecipe
{
    public override string Kind => "acgan";

    public override bool UsesLabels => true;

    [Description("Weight of the cross-entropy of classes in the loss of D, on real and on generated samples.")]
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Weight { get; init; } = 1;

    [Description("Weight of the cross-entropy of classes in the loss of G; lower lets it look less for samples that are easy to tell.")]
    [Range(0, 1e6)]
    public double GeneratorWeight { get; init; } = 1;
}
