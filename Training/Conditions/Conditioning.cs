using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using TorchSharp;

namespace DistGan.Training.Conditions;

/// <summary>
/// What labels or codes do to D; to G they are numbers of its input (<see cref="DistGan.Recipes.LatentLayout"/>). D as it is judged by objectives is
/// s(x, y) = <see cref="Score"/>(D(<see cref="Join"/>(x, y)), y), and a gradient of it is taken with respect to the samples x alone.
/// </summary>
/// <remarks>
/// Codes are always [N, code], a row for each sample. Where D judges packs of m samples [N/m, m·C, …], the codes of a pack are those of its
/// samples in their order. It has no state.
/// </remarks>
public abstract class Conditioning
{
    /// <summary>Catalog name.</summary>
    public abstract string Name { get; }

    /// <summary>Changes D, or the encoder in its place, after all techniques have.</summary>
    public virtual NetworkDefinition Rewrite(NetworkDefinition definition) => definition;

    /// <summary>What D is given: samples [N/m, m·C, …] as techniques present them, and their codes [N, code].</summary>
    public virtual torch.Tensor Join(torch.Tensor samples, torch.Tensor? codes) => samples;

    /// <summary>Scores [N/m, 1] of what D gives out [N/m, outputs].</summary>
    public virtual torch.Tensor Score(torch.Tensor output, torch.Tensor? codes) => output;

    /// <summary>A term to add to L_D, or null.</summary>
    public virtual torch.Tensor? AddToLoss(DiscriminatorTurn turn) => null;

    /// <summary>A term to add to L_G, or null.</summary>
    public virtual torch.Tensor? AddToLoss(GeneratorTurn turn) => null;

    /// <summary>Codes of samples that must have some.</summary>
    /// <exception cref="InvalidOperationException">They have none.</exception>
    protected torch.Tensor Required(torch.Tensor? codes) => codes ?? throw new InvalidOperationException($"Conditioning {Name} judges samples with their codes, and these have none.");
}
