using System.ComponentModel.DataAnnotations;

namespace DistGan.Worker;

/// <summary>What a worker offers, and how patient it is.</summary>
public sealed record WorkerOptions
{
    /// <summary>Devices that train: cpu, or cuda:I. At least one.</summary>
    [MinLength(1)]
    public IReadOnlyList<string> Devices { get; init; } = ["cpu"];

    /// <summary>Replicas that train on one device at the same time.</summary>
    [Range(1, 1024)]
    public int Slots { get; init; } = 1;

    /// <summary>CPU threads of one slot; null shares the cores of the machine among all slots.</summary>
    [Range(1, 1024)]
    public int? Threads { get; init; }

    /// <summary>Time between two registrations with the directory.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a failing store is tried again before the replica fails.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan StoreDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the end of a replica waits for a coordinator that does not answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan FarewellLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long replicas may take to leave a worker that is told to stop.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes that copies of uploaded data sets may take on this machine; null for no limit.</summary>
    [Range(1, long.MaxValue)]
    public long? DataBytes { get; init; }
}
