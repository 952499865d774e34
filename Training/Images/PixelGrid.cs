namespace DistGan.Training.Images;

/// <summary>A picture in memory: rows from the top, interleaved channels, one byte each.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 (grey) or 3 (red, green, blue).</param>
/// <param name="Bytes">Width·Height·Channels values.</param>
public sealed record PixelGrid(int Width, int Height, int Channels, byte[] Bytes);
