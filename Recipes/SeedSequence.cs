using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace DistGan.Recipes;

/// <summary>
/// Derives independent seeds from one: every random draw of a job is a function of (seed, replica, purpose, counter),
/// so no generator state has to survive a snapshot and no two purposes share a stream.
/// </summary>
/// <param name="Seed">The recipe's seed.</param>
/// <param name="Replica">Ordinal of the replica.</param>
public readonly record struct SeedSequence(long Seed, int Replica)
{
    /// <summary>The 64-bit seed of one draw; the same arguments give the same seed on every machine.</summary>
    public long For(string purpose, long counter = 0, long part = 0)
    {
        Span<byte> key = stackalloc byte[28 + 64];
        BinaryPrimitives.WriteInt64LittleEndian(key, Seed);
        BinaryPrimitives.WriteInt32LittleEndian(key[8..], Replica);
        BinaryPrimitives.WriteInt64LittleEndian(key[12..], counter);
        BinaryPrimitives.WriteInt64LittleEndian(key[20..], part);
        var length = Encoding.UTF8.GetBytes(purpose, key[28..]);
        return unchecked((long)(XxHash3.HashToUInt64(key[..(28 + length)]) >> 1));
    }

    /// <summary>A generator for one draw on the CPU.</summary>
    public Random RandomFor(string purpose, long counter = 0, long part = 0)
        => new(unchecked((int)For(purpose, counter, part)));
}
