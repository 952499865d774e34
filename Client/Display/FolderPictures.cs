using DistGan.Grains.Interfaces;

namespace DistGan.Client.Display;

/// <summary>Pictures of a run folder of this machine; answers at once.</summary>
internal sealed class FolderPictures(string runFolder) : IPictureSource
{
    public Task<PixelPicture?> NewestAsync()
    {
        var folder = Path.Combine(runFolder, RunFiles.SamplesPrefix);
        var newest = Directory.Exists(folder) ? Directory.GetFiles(folder, "step-*.png").Max(StringComparer.Ordinal) : null;
        return Task.FromResult(newest is null ? null : PixelPicture.Load(newest));
    }
}
