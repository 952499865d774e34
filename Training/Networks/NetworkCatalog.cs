using DistGan.Recipes;

namespace DistGan.Training.Networks;

/// <summary>The explicit catalog of networks.</summary>
public static class NetworkCatalog
{
    public static IReadOnlyDictionary<string, INetworkFamily> Families { get; } = new Dictionary<string, INetworkFamily>
    {
        ["mlp"] = new MultilayerPerceptron(),
        ["maxout-mlp"] = new MaxoutPerceptron(),
        ["dcgan"] = new DeepConvolutional(),
        ["infogan"] = new InfoGanConvolutional(),
        ["residual"] = new ResidualConvolutional(),
        ["autoencoder"] = new Autoencoder(),
    };

    /// <summary>The error that energies of the discriminator are made of, absolute or squared: auto is as the paper of the objective has it.</summary>
    public static string NormOfEnergies(Recipe recipe) => recipe.Discriminator.Norm switch
    {
        "auto" => recipe.Objective.EnergyNorm ?? "absolute",
        var norm => norm,
    };

    /// <summary>Whether the discriminator is batch-normalised: auto is as the family says, unless its loss uses a gradient of D or its weights are normalised instead.</summary>
    public static bool NormalizesDiscriminator(Recipe recipe) => recipe.Discriminator.Normalization switch
    {
        "batch" => true,
        "none" => false,
        _ => Families[recipe.Discriminator.Network].NormalizesDiscriminator && !recipe.UsesGradientOfDiscriminator()
            && recipe.Techniques.SpectralNormalization is not { OfDiscriminator: true },
    };
}
