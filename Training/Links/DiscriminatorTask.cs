namespace DistGan.Training.Links;

/// <summary>What a discriminator is to do for one version of the generator, of another replica.</summary>
/// <param name="Version">The step of replica 0.</param>
/// <param name="Judge">X_g: the batch at which ∂L_G/∂x is wanted, as <see cref="GeneratorVersion.Batches"/> has it.</param>
/// <param name="Learn">X_d: the batch that it learns from.</param>
/// <param name="Swap">The swap that comes first; null for none.</param>
public sealed record DiscriminatorTask(long Version, ReadOnlyMemory<float> Judge, ReadOnlyMemory<float> Learn, SwapOrder? Swap);
