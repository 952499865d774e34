using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>One player: its network and its optimiser.</summary>
public sealed record PlayerRecipe
{
    [Description("A network of the catalog.")]
    [AllowedValues("mlp", "dcgan", "infogan", "residual", "autoencoder")]
    public string Network { get; init; } = "dcgan";

    [Description("Channels of the feature map of the highest resolution (dcgan, infogan, residual, autoencoder of images), or units of a hidden layer (mlp, other autoencoders).")]
    [Range(1, 65536)]
    public int Width { get; init; } = 64;

    [Description("Hidden layers (mlp) or resolution doublings (dcgan, residual), of each half of an autoencoder; auto fits the data. An infogan has none to set.")]
    [Range(1, 64)]
    [Auto]
    public int? Depth { get; init; }

    [Description("Normalisation between layers; auto is batch, except none in a discriminator whose objective uses a gradient of D or whose weights are spectrally normalised, and in an mlp, residual or autoencoder discriminator.")]
    [AllowedValues("auto", "batch", "none")]
    public string Normalization { get; init; } = "auto";

    [Description("Hidden activation of an mlp, and of an autoencoder of dense layers.")]
    [AllowedValues("relu", "leaky-relu", "tanh")]
    public string Activation { get; init; } = "relu";

    [Description("Numbers of the code that an autoencoder squeezes a sample into; auto is half the numbers of a sample, at most 64.")]
    [Range(1, 65536)]
    [Auto]
    public int? Code { get; init; }

    [Description("The error of an autoencoder whose mean over a sample is its energy; auto is squared with objective ebgan, absolute with began.")]
    [AllowedValues("auto", "absolute", "squared")]
    public string Norm { get; init; } = "auto";

    [Description("How gradients become updates.")]
    public OptimizerRecipe Optimizer { get; init; } = new AdamRecipe();
}
