namespace DistGan.Training.Data.Sources;

/// <summary>Where data files are looked for, and where unpacked images are kept.</summary>
public sealed record DataPlaces
{
    /// <summary>The environment variable that names the user's data folder.</summary>
    public const string Variable = "DISTGAN_DATA";

    /// <summary>The user's data folder: a subfolder for each data set that was got, and 'unpacked' for images that were decoded.</summary>
    public required string Cache { get; init; }

    /// <summary>Folders in which the packages of a system put data sets, one subfolder each.</summary>
    public IReadOnlyList<string> System { get; init; } = ["/usr/share/datasets", "/usr/local/share/datasets"];

    /// <summary>A folder of subfolders such as <see cref="System"/> that is looked into before all others; null for none.</summary>
    public string? First { get; init; }

    /// <summary>Where the files of uploaded data sets are kept, a subfolder each; whatever lies there may be deleted at any time.</summary>
    public string Stored => Path.Combine(Cache, "stored");

    /// <summary>Where the files of one uploaded data set are kept.</summary>
    /// <param name="id">Its content hash.</param>
    public string StoredFolder(string id) => Path.Combine(Stored, id);

    /// <summary>Where decoded images are kept; whatever lies there may be deleted at any time.</summary>
    public string Unpacked => Path.Combine(Cache, "unpacked");

    /// <summary>The folder that DISTGAN_DATA names, or distgan/data in the user's cache folder (XDG_CACHE_HOME, or .cache at home).</summary>
    public static DataPlaces OfUser() => new() { Cache = Path.GetFullPath(Named(Variable) ?? Path.Combine(Named("XDG_CACHE_HOME") ?? Home(), "distgan", "data")) };

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static string Home()
        => OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? home : Path.GetTempPath(), ".cache");
}
