namespace DistGan.Grains.Workers;

/// <summary>Leases and claims, as they are stored.</summary>
internal sealed class WorkerDirectoryState
{
    /// <summary>The number of the newest lease.</summary>
    public long Number { get; set; }

    public List<Entry> Leases { get; set; } = [];

    public List<ClaimEntry> Claims { get; set; } = [];

    internal sealed record Entry(string Replica, string Worker, int Slot, string Device, int Threads, long Number = 0);

    internal sealed record ClaimEntry(string Job, string User, int Priority, int Threads, List<int> Replicas, int Minimum, long Order, List<string>? Avoid = null);
}
