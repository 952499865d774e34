using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;

namespace DistGan.Training.Networks;

/// <summary>
/// Dense hidden layers of equal width whose units are maxima of five linear pieces: Dense 5·width → (BatchNormalization) → Maxout,
/// repeated <c>depth</c> times (auto: 3), then Dense; a generator of images ends in tanh. With width 200 it is the discriminator of
/// the point sets in PacGAN (Lin et al. 2018); its generator there is an mlp of width 400 and depth 4.
/// </summary>
public sealed class MaxoutPerceptron : INetworkFamily
{
    private const int AutoDepth = 3;
    private const long Pieces = 5;

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
        for (var i = 0; i < (recipe.Depth ?? AutoDepth); i++)
        {
            yield return new Dense(Pieces * recipe.Width, Bias: !normalize);
            if (normalize)
            {
                yield return new BatchNormalization(Spread: 0);
            }

            yield return new Maxout(Pieces);
        }
    }
}
