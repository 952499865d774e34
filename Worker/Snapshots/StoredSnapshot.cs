namespace DistGan.Worker.Snapshots;

/// <summary>A committed snapshot.</summary>
/// <param name="Folder">Full name of its folder in the store, ending in '/'.</param>
/// <param name="Manifest">Its manifest.</param>
public sealed record StoredSnapshot(string Folder, SnapshotManifest Manifest);
