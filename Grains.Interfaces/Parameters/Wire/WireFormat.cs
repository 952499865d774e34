namespace DistGan.Grains.Interfaces.Parameters.Wire;

/// <summary>How a number travels.</summary>
public enum WireFormat
{
    /// <summary>Four bytes, exact.</summary>
    Float32,

    /// <summary>Two bytes: the upper half of a float32, rounded to the nearest; the relative error is at most 2⁻⁸.</summary>
    BFloat16,

    /// <summary>One byte and a scale for each block; the error is at most the block's largest magnitude over 254.</summary>
    Int8,
}
