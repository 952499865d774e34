using System.Text.Json.Serialization;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Silo.Documents;

/// <summary>A job of a cluster.</summary>
public sealed record JobDocument
{
    private const string Name = "distgan.job/1";

    /// <summary>What this document is; absent in a list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Schema { get; init; }

    public required string Job { get; init; }

    /// <summary>pending, waiting, running, stopping, paused, completed, interrupted or failed.</summary>
    public required string State { get; init; }

    /// <summary>Why it failed, as a sentence; null otherwise.</summary>
    public required string? Failure { get; init; }

    /// <summary>Steps of the replica that is furthest.</summary>
    public required long Steps { get; init; }

    /// <summary>Real images that discriminators were shown.</summary>
    public required long Images { get; init; }

    public required double Seconds { get; init; }

    /// <summary>While it is under way what the replicas that train show in a second now, all together; after its end, or paused, the average over the longest training.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>The last scores of the best replica by metric name; null is not finite.</summary>
    public required IReadOnlyDictionary<string, double> Scores { get; init; }

    public required int? BestReplica { get; init; }

    public required IReadOnlyList<ReplicaDocument> Replicas { get; init; }

    /// <summary>What the names of its files begin with in the object store.</summary>
    public required string Folder { get; init; }

    /// <summary>Files that a person may want, by role.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>Whose share of the slots it uses; null for nobody in particular.</summary>
    public required string? User { get; init; }

    public required int Priority { get; init; }

    /// <summary>As a document of its own.</summary>
    public static JobDocument Whole(JobSummary job) => Of(job) with { Schema = Name };

    /// <summary>As an entry of a list.</summary>
    public static JobDocument Of(JobSummary job) => new()
    {
        Job = job.Job.Value,
        State = NameOf(job.State),
        Failure = job.Failure,
        Steps = job.Steps,
        Images = job.Images,
        Seconds = job.Seconds,
        ImagesPerSecond = job.ImagesPerSecond,
        Scores = Sorted(job.Scores),
        BestReplica = job.BestReplica,
        Replicas = [.. job.Replicas.Select(ReplicaDocument.Of)],
        Folder = job.Folder,
        Files = Sorted(job.Files),
        User = job.User,
        Priority = job.Priority,
    };

    /// <summary>A state as documents name it.</summary>
    public static string NameOf(JobState state) => state.ToString().ToLowerInvariant();

    internal static SortedDictionary<string, T> Sorted<T>(IReadOnlyDictionary<string, T> values) => new(values.ToDictionary(), StringComparer.Ordinal);
}
