using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Networks;
using TorchSharp;

namespace DistGan.Training.Techniques;

/// <summary>
/// Packing: D(x₁, …, x_m) judges m samples of one kind together, joined along channels (points: dimensions), so that it sees a lack
/// of variety (PacGAN, Lin et al. 2018, section 3). [N, C, …] → [N/m, m·C, …]; pack i holds samples m·i to m·i + m − 1. Only the input
/// of D grows, as in the paper; an autoencoder reconstructs whole packs.
/// </summary>
/// <param name="recipe">m.</param>
/// <remarks>Samples that are neighbours in a batch are independent draws, so joining neighbours draws packs at random.</remarks>
public sealed class Packing(PackingRecipe recipe) : Technique
{
    public override string Name => "packing";

    public override SampleShape InputOfDiscriminator(SampleShape shape) => shape with { Channels = recipe.Samples * shape.Channels };

    public override NetworkDefinition Rewrite(Player player, NetworkDefinition definition)
        => player == Player.Generator ? definition : definition with { SamplesPerInput = recipe.Samples * definition.SamplesPerInput };

    /// <exception cref="DistGanException">The samples are no whole packs.</exception>
    public override torch.Tensor Present(torch.Tensor samples, in Presentation at)
    {
        var shape = samples.shape;
        if (shape[0] % recipe.Samples != 0)
        {
            throw new DistGanException($"{shape[0]} samples are no whole packs of {recipe.Samples}: make the batch, and the share that is replayed, multiples of 'techniques.packing.samples'.");
        }

        return samples.reshape([shape[0] / recipe.Samples, recipe.Samples * shape[1], .. shape[2..]]);
    }
}
