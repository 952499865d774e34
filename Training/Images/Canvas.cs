namespace DistGan.Training.Images;

/// <summary>Pictures of several sizes on one.</summary>
public static class Canvas
{
    /// <summary>The picture in the top left corner of a white one that is at least as large, in 1 or 3 channels; a colour picture needs 3.</summary>
    public static PixelGrid Fit(PixelGrid picture, int width, int height, int channels)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, picture.Width);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, picture.Height);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, picture.Channels);
        var canvas = new PixelGrid(width, height, channels, new byte[width * height * channels]);
        canvas.Bytes.AsSpan().Fill(byte.MaxValue);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    canvas.Bytes[(y * width + x) * channels + channel] = picture.Bytes[(y * picture.Width + x) * picture.Channels + Math.Min(channel, picture.Channels - 1)];
                }
            }
        }

        return canvas;
    }
}
