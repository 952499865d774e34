namespace DistGan.Grains.Interfaces.Replay.Rings;

/// <summary>A group of images as the ring holds it.</summary>
/// <param name="Replica">The replica that made them.</param>
/// <param name="Step">The step that made them.</param>
/// <param name="First">Ordinal of its first image among all images since the ring was emptied.</param>
/// <param name="Count">How many images.</param>
/// <param name="Images">The images; nobody writes to them.</param>
public readonly record struct StoredGroup(int Replica, long Step, long First, int Count, ReadOnlyMemory<byte> Images);
