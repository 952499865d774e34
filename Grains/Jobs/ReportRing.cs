using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Grains.Jobs;

/// <summary>The newest reports of a job, numbered from 1.</summary>
public sealed class ReportRing(int capacity)
{
    private readonly Queue<ReplicaProgress> _reports = new();

    /// <summary>The number of the newest report; 0 for none.</summary>
    public long Newest { get; private set; }

    public void Add(ReplicaProgress report)
    {
        if (_reports.Count == capacity)
        {
            _reports.Dequeue();
        }

        _reports.Enqueue(report);
        Newest++;
    }

    /// <summary>Reports after a number, oldest first, as far as they are still there.</summary>
    public IReadOnlyList<ReplicaProgress> After(long number)
    {
        // A watcher of an earlier activation may know higher numbers than there are.
        var wanted = number > Newest ? _reports.Count : (int)Math.Min(_reports.Count, Newest - Math.Max(0, number));
        return [.. _reports.Skip(_reports.Count - wanted)];
    }
}
