using DistGan.EndToEnd.Tests.Processes;
using SkiaSharp;

namespace DistGan.EndToEnd.Tests.Data;

/// <summary>Folders of small generated photographs.</summary>
internal static class Pictures
{
    /// <summary>Writes 30 PNG and JPEG files in two subfolders and, if asked, a corrupt one; gives the folder.</summary>
    public static string Write(TempFolder folder, bool withCorrupt)
    {
        for (var i = 0; i < 30; i++)
        {
            var isPng = i % 2 == 0;
            using var bitmap = new SKBitmap(new SKImageInfo(40 + i, 50, SKColorType.Rgba8888, SKAlphaType.Opaque));
            bitmap.Erase(new SKColor((byte)(8 * i), 90, (byte)(255 - 8 * i)));
            using var data = bitmap.Encode(isPng ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, 90);
            Add(folder, $"photos/{(i < 15 ? "day" : "night")}/{i:D2}.{(isPng ? "png" : "jpg")}", data.ToArray());
        }

        if (withCorrupt)
        {
            Add(folder, "photos/night/corrupt.png", File.ReadAllBytes(folder["photos/night/16.png"])[..60]);
        }

        return folder["photos"];
    }

    private static void Add(TempFolder folder, string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllBytes(folder[name], content);
    }
}
