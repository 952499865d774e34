namespace DistGan.Grains.Interfaces.Replay.Rings;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014, figure 16): the same numbers from the same seed with every build, which the class library's
/// generators do not promise.
/// </summary>
public struct SplitMix64(long seed)
{
    private ulong _state = unchecked((ulong)seed);

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>Uniform in [0, 1), in steps of 2⁻⁵³.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Uniform in [0, bound), without bias (Lemire 2019).</summary>
    /// <param name="bound">At least 1.</param>
    public long Below(long bound)
    {
        var range = unchecked((ulong)bound);
        var high = Math.BigMul(Next(), range, out var low);
        if (low < range)
        {
            var threshold = unchecked(0 - range) % range;
            while (low < threshold)
            {
                high = Math.BigMul(Next(), range, out low);
            }
        }

        return unchecked((long)high);
    }
}
