using DistGan.Grains.Interfaces.Parameters.Wire;

namespace DistGan.Worker.Links;

/// <summary>A shard as it is sent.</summary>
/// <param name="Values">Whole; empty where there is a difference.</param>
/// <param name="Difference">To the newest outcome; null where it is sent whole.</param>
/// <param name="Residual">What the difference lost on the way; null for nothing.</param>
internal sealed record PackedPart(ReadOnlyMemory<float> Values, WireNumbers? Difference, float[]? Residual);
