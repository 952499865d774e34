namespace DistGan.Training.Data.Preparation;

/// <summary>Grey and colour planes.</summary>
internal static class Channels
{
    /// <summary>Y = 0.299·R + 0.587·G + 0.114·B, rounded. Source: ITU-R BT.601. Grey stays as it is.</summary>
    public static void ToGrey(ReadOnlySpan<byte> colours, Span<byte> grey)
    {
        for (var i = 0; i < grey.Length; i++)
        {
            // Whole numbers: the weights sum to 1000, and 500 rounds.
            grey[i] = (byte)((299 * colours[i] + 587 * colours[grey.Length + i] + 114 * colours[2 * grey.Length + i] + 500) / 1000);
        }
    }

    /// <summary>R = G = B = Y.</summary>
    public static void ToColours(ReadOnlySpan<byte> grey, Span<byte> colours)
    {
        for (var c = 0; c < 3; c++)
        {
            grey.CopyTo(colours[(c * grey.Length)..]);
        }
    }
}
