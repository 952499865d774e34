namespace DistGan.Worker.Snapshots;

/// <summary>A file of a snapshot as its manifest knows it.</summary>
/// <param name="Bytes">Length.</param>
/// <param name="Sha256">SHA-256 of the content, hexadecimal, lower case.</param>
public sealed record SnapshotFile(long Bytes, string Sha256);
