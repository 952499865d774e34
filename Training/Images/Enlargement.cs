namespace DistGan.Training.Images;

/// <summary>Pictures with larger pixels.</summary>
public static class Enlargement
{
    /// <summary>Each pixel as a square of <paramref name="scale"/>² pixels.</summary>
    public static PixelGrid Of(PixelGrid picture, int scale)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        if (scale == 1)
        {
            return picture;
        }

        var all = new PixelGrid(picture.Width * scale, picture.Height * scale, picture.Channels, new byte[picture.Bytes.Length * scale * scale]);
        for (var y = 0; y < all.Height; y++)
        {
            for (var x = 0; x < all.Width; x++)
            {
                picture.Bytes.AsSpan((y / scale * picture.Width + x / scale) * picture.Channels, picture.Channels)
                    .CopyTo(all.Bytes.AsSpan((y * all.Width + x) * all.Channels));
            }
        }

        return all;
    }
}
