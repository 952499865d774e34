using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Snapshots;

namespace DistGan.Worker.Snapshots;

/// <summary>Makes and reads <see cref="NamedArray"/>s of host memory; the values are copied.</summary>
internal static class HostArrays
{
    public static NamedArray Bytes(string name, ReadOnlySpan<byte> values) => new(name, "U8", [values.Length], values.ToArray());

    public static NamedArray Int64(string name, ReadOnlySpan<long> values) => Of(name, "I64", values);

    public static NamedArray Float32(string name, ReadOnlySpan<float> values) => Of(name, "F32", values);

    public static NamedArray Float64(string name, ReadOnlySpan<double> values) => Of(name, "F64", values);

    public static long[] ReadInt64(NamedArray array) => Read<long>(array, "I64");

    public static float[] ReadFloat32(NamedArray array) => Read<float>(array, "F32");

    public static double[] ReadFloat64(NamedArray array) => Read<double>(array, "F64");

    private static NamedArray Of<T>(string name, string type, ReadOnlySpan<T> values)
        where T : unmanaged
        => new(name, type, [values.Length], MemoryMarshal.AsBytes(values).ToArray());

    private static T[] Read<T>(NamedArray array, string type)
        where T : unmanaged
        => array.Type == type
            ? MemoryMarshal.Cast<byte, T>(array.Bytes.Span).ToArray()
            : throw new DistGanException($"Array {array.Name} of a snapshot has type {array.Type} where {type} was expected; the snapshot was written by another version.");
}
