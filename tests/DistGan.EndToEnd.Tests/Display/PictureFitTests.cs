using DistGan.Client.Display;
using DistGan.EndToEnd.Tests.Processes;
using SkiaSharp;

namespace DistGan.EndToEnd.Tests.Display;

public sealed class PictureFitTests
{
    [Theory]
    [InlineData(10, 200, 10)]
    [InlineData(3, 200, 3)]
    [InlineData(10, 21, 3)]
    public void Fit_RowsThatOnlyThePictureTells_ShowsWholeSquareCells(int rows, int lines, int shown)
    {
        using var folder = new TempFolder();

        var fitted = PictureFit.Fit(Picture(folder["grid.png"], 4 * 29 - 1, rows * 29 - 1), gridColumns: 4, gridRows: null, columns: 4 * 14, lines);

        Assert.NotNull(fitted);
        Assert.Equal((4 * 14, shown * 14), (fitted.Width, fitted.Height));
    }

    private static PixelPicture Picture(string path, int width, int height)
    {
        using (var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque)))
        {
            using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            File.WriteAllBytes(path, png.ToArray());
        }

        return PixelPicture.Load(path) ?? throw new InvalidOperationException("no picture");
    }
}
