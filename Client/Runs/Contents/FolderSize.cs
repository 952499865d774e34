namespace DistGan.Client.Runs.Contents;

/// <summary>How much a folder holds.</summary>
public static class FolderSize
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Bytes of all files in it, links not followed; files that vanish meanwhile count for nothing.</summary>
    public static long Of(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", Everything).Sum(Length);

    private static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
