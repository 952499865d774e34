using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Vectors;

namespace DistGan.Training.Networks;

/// <summary>
/// D: an encoder that squeezes x into a code and a decoder that makes x̂ of it; its score is the energy of x, the error of x̂
/// (<see cref="ReconstructionEnergy"/>), and its features are the code. G: such a decoder, fed with z (Berthelot et al. 2017, figure 1).
/// </summary>
/// <remarks>
/// Of images whose size is a multiple of 4 the halves have the shape of a DCGAN: <c>depth</c> convolutions 4×4 of stride 2 and a dense
/// layer, and back (Zhao et al. 2017, appendix D). Of points and other images they have <c>depth</c> dense layers of width units. The
/// code is linear. Images end in tanh, so that no energy exceeds 2 (absolute) or 4 (squared). D is not normalised unless the recipe
/// says so: an energy would depend on the rest of its batch. Kernels without normalisation start as He et al. (2015) say, as a signal
/// that goes through both halves would vanish with those of DCGAN.
/// </remarks>
public sealed class Autoencoder : INetworkFamily
{
    private const string Name = "autoencoder";
    private const int AutoDepth = 2;
    private const int LargestAutoCode = 64;

    public NetworkDefinition Generator(PlayerRecipe recipe, int latent, SampleShape shape)
        => new("generator", [latent], [.. Decoder(recipe, shape, recipe.Normalization != "none", ActivationKind.Relu)]);

    public NetworkDefinition Discriminator(PlayerRecipe recipe, SampleShape shape, bool normalize)
    {
        ILayer[] encoder = [.. Encoder(recipe, shape, normalize)];
        return new("discriminator", [.. shape.Batch(1).Skip(1)], [.. encoder, .. Decoder(recipe, shape, normalize, ActivationKind.LeakyRelu)])
        {
            Energy = new(encoder.Length, IsSquared: recipe.Norm == "squared"),
        };
    }

    private static bool IsConvolutional(SampleShape shape)
        => shape.IsImage && shape.Height == shape.Width && ImageNetworks.HasDoublings(Name, shape.Height);

    private static IEnumerable<ILayer> Encoder(PlayerRecipe recipe, SampleShape shape, bool normalize)
        => [.. IsConvolutional(shape) ? Halvings(recipe, shape, normalize) : [new Reshape(), .. Hidden(recipe, normalize)], new Dense(recipe.Code ?? Math.Clamp(shape.Elements / 2, 1, LargestAutoCode), Bias: !normalize)];

    private static IEnumerable<ILayer> Decoder(PlayerRecipe recipe, SampleShape shape, bool normalize, ActivationKind activation)
    {
        if (IsConvolutional(shape))
        {
            return Doublings(recipe, shape, normalize, activation);
        }

        ILayer[] layers = [.. Hidden(recipe, normalize), new Dense(shape.Elements)];
        return shape.IsImage ? [.. layers, new Activation(ActivationKind.Tanh, InPlace: true), new Reshape(shape.Channels, shape.Height, shape.Width)] : layers;
    }

    private static IEnumerable<ILayer> Halvings(PlayerRecipe recipe, SampleShape shape, bool normalize)
    {
        var depth = ImageDepth.Of(Name, recipe, shape);
        long from = shape.Channels;
        for (var i = 0; i < depth; i++)
        {
            var into = (long)recipe.Width << i;
            var normalizeThis = normalize && i > 0;
            yield return new Convolution(into, 4, 2, 1, Bias: !normalizeThis, Kernel(normalize, 16 * from));
            foreach (var layer in After(normalizeThis, ActivationKind.LeakyRelu))
            {
                yield return layer;
            }

            from = into;
        }

        yield return new Reshape();
    }

    private static IEnumerable<ILayer> Doublings(PlayerRecipe recipe, SampleShape shape, bool normalize, ActivationKind activation)
    {
        var depth = ImageDepth.Of(Name, recipe, shape);
        var size = shape.Height >> depth;
        var channels = (long)recipe.Width << (depth - 1);
        List<ILayer> layers = [new Dense(channels * size * size, Bias: !normalize), new Reshape(channels, size, size), .. After(normalize, activation)];
        for (var i = 1; i < depth; i++)
        {
            layers.Add(new TransposedConvolution(channels / 2, 4, 2, 1, Bias: !normalize, Kernel(normalize, 4 * channels)));
            layers.AddRange(After(normalize, activation));
            channels /= 2;
        }

        // With stride 2, each pixel is made of 2×2 of the 4×4 numbers of a kernel.
        layers.Add(new TransposedConvolution(shape.Channels, 4, 2, 1, Initial: Initializer.Glorot(4 * channels, 4 * shape.Channels)));
        layers.Add(new Activation(ActivationKind.Tanh, InPlace: true));
        return layers;
    }

    private static IEnumerable<ILayer> Hidden(PlayerRecipe recipe, bool normalize)
        => Enumerable.Range(0, recipe.Depth ?? AutoDepth).SelectMany(_ => After(normalize, Activation.Parse(recipe.Activation)).Prepend(new Dense(recipe.Width, Bias: !normalize, SpreadBias: Activation.Parse(recipe.Activation) == ActivationKind.Tanh)));

    private static Initializer? Kernel(bool normalize, long fanIn) => normalize ? null : Initializer.He(fanIn);

    private static IEnumerable<ILayer> After(bool normalize, ActivationKind activation)
        => normalize ? [new BatchNormalization(), new Activation(activation, InPlace: true)] : [new Activation(activation, InPlace: true)];
}
