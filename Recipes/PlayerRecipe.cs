using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>One player: its network and its optimiser.</summary>
public sealed record PlayerRecipe
{
    [Description("A network of the catalog.")]
    [AllowedValues("mlp", "dcgan", "infogan", "residual")]
    public string Network { get; init; } = "dcgan";

    [Description("Channels of the feature map of the highest resolution (dcgan, infogan, residual), or units of a hidden layer (mlp).")]
    [Range(1, 65536)]
    public int Width { get; init; } = 64;

    [Description("Hidden layers (mlp) or resolution doublings (dcgan, residual); auto fits the data. An infogan has none to set.")]
    [Range(1, 64)]
    [Auto]
    public int? Depth { get; init; }

    [Description("Normalisation between layers; auto is batch, except none in a discriminator whose loss uses its gradient (wgan-gp, dragan, r1, r2) and in an mlp or residual discriminator.")]
    [AllowedValues("auto", "batch", "none")]
    public string Normalization { get; init; } = "auto";

    [Description("Hidden activation of an mlp.")]
    [AllowedValues("relu", "leaky-relu", "tanh")]
    public string Activation { get; init; } = "relu";

    [Description("How gradients become updates.")]
    public OptimizerRecipe Optimizer { get; init; } = new AdamRecipe();
}
