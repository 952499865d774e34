namespace DistGan.Grains.Interfaces.Parameters.Wire;

/// <summary>Numbers in the format in which they travel.</summary>
[GenerateSerializer, Immutable, Alias("distgan.wire-numbers")]
public sealed record WireNumbers
{
    [Id(0)]
    public required WireFormat Format { get; init; }

    /// <summary>How many numbers.</summary>
    [Id(1)]
    public required int Count { get; init; }

    /// <summary>Little endian. Nobody writes to it after it is sent.</summary>
    [Id(2)]
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The numbers in a format. One that is not finite makes itself, or its block, not finite again when read.</summary>
    public static WireNumbers Of(WireFormat format, ReadOnlySpan<float> values) => new() { Format = format, Count = values.Length, Bytes = WireCodec.Encode(format, values) };

    /// <summary>The numbers again.</summary>
    /// <exception cref="InvalidDataException">There are more or fewer bytes than such numbers have.</exception>
    public float[] Read()
    {
        var values = new float[Count];
        WireCodec.Decode(Format, Bytes.Span, values);
        return values;
    }

    /// <summary>base + the numbers, the same on every machine.</summary>
    /// <exception cref="InvalidDataException">There are more or fewer of them than in the base.</exception>
    public float[] AddTo(ReadOnlySpan<float> origin)
    {
        if (origin.Length != Count)
        {
            throw new InvalidDataException($"A difference of {Count} numbers does not fit {origin.Length}.");
        }

        var values = Read();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] += origin[i];
        }

        return values;
    }
}
