using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Silo.Documents;

/// <summary>The workers of a cluster and their slots.</summary>
public sealed record WorkerListDocument
{
    public string Schema { get; init; } = "distgan.workers/1";

    public required IReadOnlyList<WorkerDocument> Workers { get; init; }

    /// <summary>The document of registrations.</summary>
    public static WorkerListDocument Of(IEnumerable<WorkerRegistration> workers) => new()
    {
        Workers = [.. workers.OrderBy(static worker => worker.Host, StringComparer.Ordinal).ThenBy(static worker => worker.Worker, StringComparer.Ordinal).Select(WorkerDocument.Of)],
    };
}
