using System.Globalization;

namespace DistGan.Grains.Interfaces.Data;

/// <summary>Names of the objects of uploaded data sets, beside the jobs of a cluster.</summary>
public static class StoredDataFiles
{
    /// <summary>Hexadecimal digits of a content hash.</summary>
    public const int IdLength = 64;

    /// <summary>The folder of one, ending in '/'.</summary>
    public static string Folder(string id) => $"{Root}{id}/";

    /// <summary>The folder of all, ending in '/'.</summary>
    public const string Root = "data/";

    /// <summary>When its upload was last begun: the time as a text (ISO 8601, UTC).</summary>
    public static string Upload(string id) => $"{Folder(id)}upload.txt";

    /// <summary>The content hash by the name of that object; null where the name is of another.</summary>
    public static string? IdOfUpload(string name) => name.Split('/') is ["data", var id, "upload.txt"] ? id : null;

    /// <summary>What makes it exist.</summary>
    public static string Manifest(string id) => $"{Folder(id)}manifest.json";

    /// <summary>The folder of its parts, ending in '/'.</summary>
    public static string Parts(string id) => $"{Folder(id)}parts/";

    /// <summary>One part.</summary>
    public static string Part(string id, int part) => string.Create(CultureInfo.InvariantCulture, $"{Parts(id)}{part:D8}");

    /// <summary>The number of a part by the name of its object; null where it is none.</summary>
    public static int? PartOf(string id, string name)
        => name.StartsWith(Parts(id), StringComparison.Ordinal) && int.TryParse(name.AsSpan(Parts(id).Length), NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? part : null;
}
