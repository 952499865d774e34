using DistGan.Recipes;

namespace DistGan.Worker.Links.Gossip;

/// <summary>Who gossips.</summary>
/// <param name="Seeds">The seed of the job and the number of the replica.</param>
/// <param name="Start">The number of the start of the job.</param>
/// <param name="Epoch">Under which ownership of the replica.</param>
internal readonly record struct GossipOwner(SeedSequence Seeds, long Start, long Epoch);
