using System.Text.Json.Serialization;

namespace DistGan.Recipes;

/// <summary>The game that is played; the kinds are listed in <see cref="RecipeKinds.Objectives"/>.</summary>
public abstract record ObjectiveRecipe
{
    /// <summary>The name of the kind in the catalog.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>Whether there is a score above which D takes a sample for real, so that accuracies exist.</summary>
    [JsonIgnore]
    public abstract bool HasDecisionBoundary { get; }

    /// <summary>That score, where there is one: the best D gives it where real and generated samples are equally dense.</summary>
    [JsonIgnore]
    public virtual double DecisionBoundary => 0;

    /// <summary>Whether the discriminator's loss contains a gradient of D with respect to its input.</summary>
    [JsonIgnore]
    public virtual bool UsesGradientOfDiscriminator => false;

    /// <summary>Whether the real target is a probability, so that it can be smoothed.</summary>
    [JsonIgnore]
    public virtual bool HasRealTarget => false;

    /// <summary>Whether D judges samples; false where the network in its place is an encoder, which is trained together with G.</summary>
    [JsonIgnore]
    public virtual bool HasDiscriminator => true;

    /// <summary>The error, absolute or squared, that the energies of the paper are made of; null where scores are no energies.</summary>
    [JsonIgnore]
    public virtual string? EnergyNorm => null;

    /// <summary>Whether scores are energies, low for real samples, which network autoencoder alone gives.</summary>
    [JsonIgnore]
    public bool UsesEnergies => EnergyNorm is not null;
}
