using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces;

namespace DistGan.Client.Clusters;

/// <summary>How a job is to be watched.</summary>
public sealed record WatchRequest
{
    public required JobId Job { get; init; }

    public required OutputFormat Format { get; init; }

    /// <summary>Only the end.</summary>
    public bool Quiet { get; init; }

    /// <summary>What to add to a command about the same cluster.</summary>
    public IReadOnlyList<string> Cluster { get; init; } = [];
}
