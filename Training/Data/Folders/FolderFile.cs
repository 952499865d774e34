namespace DistGan.Training.Data.Folders;

/// <summary>An image file of a folder.</summary>
/// <param name="Name">Path relative to the folder, with forward slashes.</param>
/// <param name="Path">Absolute path.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Changed">When it was last changed, in ticks.</param>
/// <param name="Label">Its class, or 0.</param>
internal sealed record FolderFile(string Name, string Path, long Bytes, long Changed, int Label);
