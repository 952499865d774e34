using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Vectors;

namespace DistGan.Training.Networks;

/// <summary>
/// Dense hidden layers of equal width: Dense → (BatchNormalization) → activation, repeated <c>depth</c> times (auto: 2), then Dense;
/// a generator of images ends in tanh.
/// </summary>
public sealed class MultilayerPerceptron : INetworkFamily
{
    private const int AutoDepth = 2;

    public NetworkDefinition Generator(PlayerRecipe recipe, int latent, SampleShape shape)
    {
        List<ILayer> layers = [.. Hidden(recipe, recipe.Normalization != "none"), new Dense(shape.Elements)];
        if (shape.IsImage)
        {
            layers.Add(new Activation(ActivationKind.Tanh, InPlace: true));
            layers.Add(new Reshape(shape.Channels, shape.Height, shape.Width));
        }

        return new("generator", [latent], [.. layers]);
    }

    public NetworkDefinition Discriminator(PlayerRecipe recipe, SampleShape shape, bool normalize)
        => new("discriminator", [.. shape.Batch(1).Skip(1)], [new Reshape(), .. Hidden(recipe, normalize), new Dense(1)]);

    private static IEnumerable<ILayer> Hidden(PlayerRecipe recipe, bool normalize)
    {
        var kind = Activation.Parse(recipe.Activation);
        for (var i = 0; i < (recipe.Depth ?? AutoDepth); i++)
        {
            yield return new Dense(recipe.Width, Bias: !normalize, SpreadBias: kind == ActivationKind.Tanh);
            if (normalize)
            {
                yield return new BatchNormalization(Spread: 0);
            }

            yield return new Activation(kind, InPlace: true);
        }
    }
}
