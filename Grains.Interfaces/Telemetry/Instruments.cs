using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DistGan.Grains.Interfaces.Telemetry;

/// <summary>Where everything that is measured and traced comes from; who listens is the host's business. Names follow OpenTelemetry: docs/telemetry.md lists all.</summary>
public static class Instruments
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "DistGan";

    /// <summary>How the names of the meters begin that one replica each has, until it ends.</summary>
    public const string OfReplicas = $"{Name}.Replica.";

    /// <summary>The attribute with the job's id.</summary>
    public const string Job = "job";

    /// <summary>The attribute with the replica's ordinal.</summary>
    public const string Replica = "replica";

    public static Meter Meter { get; } = new(Name);

    public static ActivitySource Source { get; } = new(Name);
}
