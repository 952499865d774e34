using System.ComponentModel;

namespace DistGan.Recipes;

/// <summary>Conditional GAN (Mirza and Osindero 2014).</summary>
[Description("The label is joined to the input of both players (Mirza and Osindero 2014); with objective vae, to those of encoder and decoder.")]
public sealed record ConditionalGanRecipe : ConditioningRecipe
{
    public override string Kind => "cgan";

    public override bool UsesLabels => true;
}
