using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Techniques;

namespace DistGan.Training.Steps;

/// <summary>Parts of your own that take the place of what a recipe names; what is null comes from the catalogs.</summary>
public sealed record ReplicaParts
{
    /// <summary>Makes the generator; <c>generator.network</c> of the recipe is passed over.</summary>
    public INetworkFamily? Generator { get; init; }

    /// <summary>Makes the discriminator; <c>discriminator.network</c> of the recipe is passed over.</summary>
    public INetworkFamily? Discriminator { get; init; }

    /// <summary>Turns scores into losses. What the recipe's objective says about its decision boundary and its use of gradients still holds.</summary>
    public IObjective? Objective { get; init; }

    /// <summary>Techniques that come after those of the recipe; the replica disposes them.</summary>
    public IReadOnlyList<Technique> Techniques { get; init; } = [];

    internal INetworkFamily? Family(Player player) => player == Player.Generator ? Generator : Discriminator;
}
