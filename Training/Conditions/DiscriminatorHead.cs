using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using static TorchSharp.torch;

namespace DistGan.Training.Conditions;

/// <summary>A head of D that gives more than a score: output [N/m, 1 + m·Q], the score first, then Q numbers for each of its m samples.</summary>
internal static class DiscriminatorHead
{
    /// <summary>Gives the last dense layer Q further outputs for each sample of an input.</summary>
    /// <exception cref="DistGanException">D does not end in a dense layer of one score.</exception>
    public static NetworkDefinition Widen(NetworkDefinition definition, int outputs, string conditioning)
    {
        var last = definition.Energy is null ? definition.Layers.ToList().FindLastIndex(static layer => Plain(layer) is Dense { Units: 1 }) : -1;
        if (last < 0 || last < definition.Layers.Length - 1)
        {
            throw new DistGanException($"conditioning {conditioning} needs a discriminator that ends in a dense layer of one score, which the {definition.Name} does not: take another discriminator.network, or conditioning cgan.");
        }

        var units = 1 + (long)definition.SamplesPerInput * outputs;
        return definition with { Layers = definition.Layers.SetItem(last, WithUnits(definition.Layers[last], units)) };
    }

    /// <summary>The score [N/m, 1] of an output.</summary>
    public static Tensor ScoreOf(Tensor output) => output.narrow(1, 0, 1);

    /// <summary>What an output says of each sample [N, Q].</summary>
    public static Tensor RestOf(Tensor output, int outputs) => output.narrow(1, 1, output.shape[1] - 1).reshape(-1, outputs);

    private static ILayer Plain(ILayer layer) => layer is SpectralNormalization normal ? normal.Inner : layer;

    private static ILayer WithUnits(ILayer layer, long units)
        => layer is SpectralNormalization normal ? normal with { Inner = WithUnits(normal.Inner, units) } : (Dense)layer with { Units = units };
}
