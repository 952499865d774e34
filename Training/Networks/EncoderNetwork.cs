using DistGan.Recipes;
using DistGan.Training.Layers;

namespace DistGan.Training.Networks;

/// <summary>Encoders of objectives without a discriminator: a discriminator whose last dense layer has more outputs than one score.</summary>
internal static class EncoderNetwork
{
    /// <summary>Samples [N, …] → [N, <paramref name="outputs"/>].</summary>
    /// <exception cref="DistGanException">The discriminator does not end in a dense layer of one score.</exception>
    public static NetworkDefinition Of(NetworkDefinition discriminator, long outputs)
        => discriminator is { Energy: null, Layers: [.. var body, Dense { Units: 1 } head] }
            ? discriminator with { Name = "encoder", Layers = [.. body, head with { Units = outputs }] }
            : throw new DistGanException($"Network {discriminator.Name} does not end in a dense layer of one score, so it cannot be an encoder of {outputs} numbers: take another discriminator.network.");
}
