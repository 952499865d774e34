namespace DistGan.Client.Display;

/// <summary>Where the newest picture of samples of a run comes from.</summary>
public interface IPictureSource
{
    /// <summary>The newest picture; null where there is none yet, or it cannot be had.</summary>
    Task<PixelPicture?> NewestAsync();
}
