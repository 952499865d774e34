using DistGan.Recipes;

namespace DistGan.Training.Networks;

/// <summary>The explicit catalog of networks.</summary>
public static class NetworkCatalog
{
    public static IReadOnlyDictionary<string, INetworkFamily> Families { get; } = new Dictionary<string, INetworkFamily>
    {
        ["mlp"] = new MultilayerPerceptron(),
        ["dcgan"] = new DeepConvolutional(),
    };

    /// <summary>Whether the discriminator is batch-normalised: auto is batch for dcgan unless the objective uses a gradient of D, and none for mlp.</summary>
    public static bool NormalizesDiscriminator(Recipe recipe) => recipe.Discriminator.Normalization switch
    {
        "batch" => true,
        "none" => false,
        _ => recipe.Discriminator.Network != "mlp" && !recipe.Objective.UsesGradientOfDiscriminator,
    };
}
