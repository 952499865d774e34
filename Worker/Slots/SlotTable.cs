using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Worker.Slots;

/// <summary>The slots that options make of a machine.</summary>
internal static class SlotTable
{
    /// <summary>One lease a slot; without a fixed number each slot offers an equal share of the cores, at least one.</summary>
    public static IReadOnlyList<SlotLease> For(WorkerOptions options, string worker, int cores)
    {
        var count = options.Devices.Count * options.Slots;
        var threads = options.Threads ?? Math.Max(1, cores / count);
        return [.. Enumerable.Range(0, count).Select(slot => new SlotLease
        {
            Worker = worker,
            Slot = slot,
            Device = options.Devices[slot / options.Slots],
            Threads = threads,
        })];
    }
}
