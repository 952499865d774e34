using DistGan.Recipes;
using DistGan.Training.Conditions;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Training.Techniques;

/// <summary>What techniques work with.</summary>
public sealed record TechniqueContext
{
    public required Recipe Recipe { get; init; }

    public required PlayerModel Generator { get; init; }

    public required PlayerModel Discriminator { get; init; }

    public required SampleShape Shape { get; init; }

    public required SeedSequence Seeds { get; init; }

    public required LatentSource Latents { get; init; }

    /// <summary>What labels or codes do to D.</summary>
    public Conditioning Conditioning { get; init; } = new Unconditional();

    public required ReplicaLinks Links { get; init; }

    public required torch.Device Device { get; init; }

    /// <summary>Most discriminator updates n_D in a step.</summary>
    public required int DiscriminatorUpdates { get; init; }

    public PlayerModel Model(Player player) => player == Player.Generator ? Generator : Discriminator;
}
