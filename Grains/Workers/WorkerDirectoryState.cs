namespace DistGan.Grains.Workers;

/// <summary>The leases, as they are stored.</summary>
internal sealed class WorkerDirectoryState
{
    public List<Entry> Leases { get; set; } = [];

    internal sealed record Entry(string Replica, string Worker, int Slot, string Device, int Threads);
}
