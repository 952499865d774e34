namespace DistGan.Client.Runs.Contents;

/// <summary>What can be seen in a folder of a run: one that is missing or closed to the user has nothing, so that it hides no other run.</summary>
internal static class ReadableEntries
{
    private static readonly EnumerationOptions Options = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    /// <summary>Paths of the files that match a pattern.</summary>
    public static string[] Files(string folder, string pattern) => Directory.Exists(folder) ? Directory.GetFiles(folder, pattern, Options) : [];

    /// <summary>Paths of the folders that match a pattern.</summary>
    public static string[] Folders(string folder, string pattern) => Directory.Exists(folder) ? Directory.GetDirectories(folder, pattern, Options) : [];
}
