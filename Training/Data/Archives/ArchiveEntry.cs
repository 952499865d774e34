namespace DistGan.Training.Data.Archives;

/// <summary>A file of a data set.</summary>
/// <param name="Name">Its name in the archive, with forward slashes.</param>
/// <param name="Path">Where it is on this machine.</param>
public sealed record ArchiveEntry(string Name, string Path);
