using DistGan.Recipes;
using DistGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DistGan.Bench.Steps;

/// <summary>The networks of preset fashion as a TorchSharp program would write them, 28 by 28, with two doublings.</summary>
internal static class PlainNetworks
{
    private const double Slope = 0.2;

    public static Module<Tensor, Tensor> Generator(Recipe recipe)
    {
        long width = recipe.Generator.Width;
        return Sequential(
            Linear(recipe.Latent.Size, 2 * width * 49, hasBias: false),
            Unflatten(1, [2 * width, 7, 7]),
            BatchNorm2d(2 * width),
            ReLU(),
            ConvTranspose2d(2 * width, width, 4L, stride: 2L, padding: 1L, bias: false),
            BatchNorm2d(width),
            ReLU(),
            ConvTranspose2d(width, 1, 4L, stride: 2L, padding: 1L),
            Tanh());
    }

    public static Module<Tensor, Tensor> Discriminator(Recipe recipe)
    {
        long width = recipe.Discriminator.Width;
        return Sequential(
            Conv2d(1, width, 4L, stride: 2L, padding: 1L),
            LeakyReLU(Slope),
            Conv2d(width, 2 * width, 4L, stride: 2L, padding: 1L, bias: false),
            BatchNorm2d(2 * width),
            LeakyReLU(Slope),
            Flatten(),
            Linear(2 * width * 49, 1));
    }

    /// <summary>Copies a player's weights; layers and parameters come in the same order.</summary>
    public static void CopyWeights(PlayerModel from, Module<Tensor, Tensor> to)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (parameter, values) in to.parameters().Zip(from.Network.Parameters.Views(from.Parameters.Values), static (a, b) => (a, b)))
        {
            if (!parameter.shape.SequenceEqual(values.shape))
            {
                throw new DistGanException($"The plain {from.Network.Definition.Name} has a tensor [{string.Join(", ", parameter.shape)}] where the core has [{string.Join(", ", values.shape)}]: the networks are not the same.");
            }

            parameter.copy_(values);
        }
    }
}
