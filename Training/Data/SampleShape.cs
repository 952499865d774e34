namespace DistGan.Training.Data;

/// <summary>The shape of one sample without its batch dimension: C×H×W for images, C for points (H = W = 0).</summary>
public readonly record struct SampleShape(int Channels, int Height, int Width)
{
    /// <summary>A point in R^C.</summary>
    public static SampleShape Point(int dimensions) => new(dimensions, 0, 0);

    public bool IsImage => Height > 0;

    /// <summary>Numbers in one sample.</summary>
    public int Elements => IsImage ? Channels * Height * Width : Channels;

    /// <summary>Bytes of one sample as it is stored and sent: uint8 an element for images, float32 for points.</summary>
    public int ItemBytes => IsImage ? Elements : Elements * sizeof(float);

    /// <summary>The tensor dimensions of a batch: [N, C, H, W] or [N, C].</summary>
    public long[] Batch(long count) => IsImage ? [count, Channels, Height, Width] : [count, Channels];

    public override string ToString() => IsImage ? $"{Channels}×{Height}×{Width}" : $"{Channels}";
}
