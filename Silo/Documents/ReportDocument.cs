using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Silo.Documents;

/// <summary>What a replica reported of a round, or of an evaluation.</summary>
public sealed record ReportDocument
{
    public required int Replica { get; init; }

    public required long Epoch { get; init; }

    public required long Step { get; init; }

    public required long Images { get; init; }

    /// <summary>Time trained until then.</summary>
    public required double Seconds { get; init; }

    /// <summary>Values by metric name; null is not finite.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>The document of a report.</summary>
    public static ReportDocument Of(ReplicaProgress report) => new()
    {
        Replica = report.Replica,
        Epoch = report.Epoch,
        Step = report.Step,
        Images = report.Images,
        Seconds = Math.Round(report.Seconds, 3),
        Values = JobDocument.Sorted(report.Values),
    };
}
