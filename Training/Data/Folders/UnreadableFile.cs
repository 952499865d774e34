namespace DistGan.Training.Data.Folders;

/// <summary>A file that is no whole image.</summary>
/// <param name="Name">Path relative to the folder.</param>
/// <param name="Why">What is wrong with it.</param>
internal sealed record UnreadableFile(string Name, string Why)
{
    public override string ToString() => $"{Name} ({Why})";
}
