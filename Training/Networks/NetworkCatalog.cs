using DistGan.Recipes;

namespace DistGan.Training.Networks;

/// <summary>The explicit catalog of networks.</summary>
public static class NetworkCatalog
{
    public static IReadOnlyDictionary<string, INetworkFamily> Families { get; } = new Dictionary<string, INetworkFamily>
    {
        ["mlp"] = new MultilayerPerceptron(),
        ["dcgan"] = new DeepConvolutional(),
        ["infogan"] = new InfoGanConvolutional(),
        ["residual"] = new ResidualConvolutional(),
    };

    /// <summary>Whether the discriminator is batch-normalised: auto is as the family says, unless its loss uses a gradient of D.</summary>
    public static bool NormalizesDiscriminator(Recipe recipe) => recipe.Discriminator.Normalization switch
    {
        "batch" => true,
        "none" => false,
        _ => Families[recipe.Discriminator.Network].NormalizesDiscriminator && !recipe.UsesGradientOfDiscriminator(),
    };
}
