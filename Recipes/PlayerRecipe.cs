using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace DistGan.Recipes;

/// <summary>One player: its network and its optimiser.</summary>
public sealed record PlayerRecipe
{
    private readonly NameList? _attention;

    [Description("A network of the catalog.")]
    [AllowedValues("mlp", "maxout-mlp", "dcgan", "infogan", "residual", "autoencoder")]
    public string Network { get; init; } = "dcgan";

    [Description("Channels of the feature map of the highest resolution (dcgan, infogan, residual, autoencoder of images), or units of a hidden layer (mlp, maxout-mlp, other autoencoders).")]
    [Range(1, 65536)]
    public int Width { get; init; } = 64;

    [Description("Hidden layers (mlp, maxout-mlp) or resolution doublings (dcgan, residual), of each half of an autoencoder; auto fits the data. An infogan has none to set.")]
    [Range(1, 64)]
    [Auto]
    public int? Depth { get; init; }

    [Description("Normalisation between layers; auto is batch, except none in a discriminator whose loss uses its gradient (wgan-gp, dragan, r1, r2) or whose weights are spectrally normalised, and in an mlp, maxout-mlp, residual or autoencoder discriminator.")]
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

    [Description("Sizes of the maps that get a self-attention block (dcgan, residual), in pixels, such as [14] or [16, 32]; null for none.")]
    [RegularExpression("^[1-9][0-9]{0,3}$", ErrorMessage = "sizes in pixels")]
    public IReadOnlyList<string>? Attention
    {
        get => _attention;
        init => _attention = value is null ? null : new NameList(value);
    }

    [Description("How gradients become updates.")]
    public OptimizerRecipe Optimizer { get; init; } = new AdamRecipe();

    /// <summary>The sizes of <see cref="Attention"/> as numbers; 0 for what is no number, which validation refuses.</summary>
    public IReadOnlyList<int> AttentionSizes => [.. (Attention ?? []).Select(static text => int.TryParse(text, CultureInfo.InvariantCulture, out var size) ? size : 0)];
}
