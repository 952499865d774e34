namespace DistGan.Training.Data.Sources;

/// <summary>A file of a data set as its makers publish it.</summary>
/// <param name="Name">File name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its content, hexadecimal, lower case.</param>
/// <param name="Addresses">Where it is published, best first.</param>
public sealed record DataFile(string Name, long Bytes, string Sha256, IReadOnlyList<string> Addresses)
{
    /// <summary>For an archive (tar, gzipped): the files to take out of it; empty for a file that is used as it is.</summary>
    public IReadOnlyList<string> Unpacks { get; init; } = [];

    /// <summary>The same file without its compression, which others than its makers often offer; null where there is none.</summary>
    public DataFile? Plain { get; init; }

    /// <summary>The files that are read in the end; gzipped ones may also lie there unpacked.</summary>
    public IReadOnlyList<string> Used => Unpacks.Count > 0 ? Unpacks : [Name];
}
