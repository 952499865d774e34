namespace DistGan.Client.Runs.Contents;

/// <summary>One report of a replica.</summary>
/// <param name="Replica">Which.</param>
/// <param name="Step">At which of its steps.</param>
/// <param name="Seconds">Time trained until then.</param>
/// <param name="Values">Values by metric name; null was not finite.</param>
public sealed record MetricRow(int Replica, long Step, double? Seconds, IReadOnlyDictionary<string, double?> Values);
