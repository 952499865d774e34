namespace DistGan.Training.Snapshots;

/// <summary>One named, row-major array on the host; its bytes are little-endian.</summary>
/// <param name="Name">Name, unique in its file.</param>
/// <param name="Type">Safetensors type name: F32, F64, BF16, I64, U8.</param>
/// <param name="Shape">Dimensions; empty for a scalar.</param>
/// <param name="Bytes">The values.</param>
public sealed record NamedArray(string Name, string Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes);
