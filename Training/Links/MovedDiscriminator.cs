namespace DistGan.Training.Links;

/// <summary>A discriminator on its way to another replica.</summary>
/// <param name="Updates">Updates that its optimiser has done.</param>
/// <param name="Numbers">θ, β, and what its optimiser remembers, one after another; nobody writes to them any more.</param>
public sealed record MovedDiscriminator(long Updates, ReadOnlyMemory<float> Numbers);
