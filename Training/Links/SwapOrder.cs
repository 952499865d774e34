namespace DistGan.Training.Links;

/// <summary>A swap of discriminators.</summary>
/// <param name="Number">Its number since the start of training, from 1: where discriminators go follows from it.</param>
/// <param name="Members">The replicas that take part, in ascending order; at least two.</param>
public sealed record SwapOrder(long Number, IReadOnlyList<int> Members);
