namespace DistGan.Training.Links;

/// <summary>What one replica did in a round.</summary>
/// <param name="Step">Steps since the start of the job.</param>
/// <param name="Images">Real images shown to D since the start of the job.</param>
/// <param name="Values">Means over the round by metric name (see <c>MetricNames</c>); a value that does not exist is absent, one that is not finite is kept.</param>
public sealed record RoundReport(long Step, long Images, IReadOnlyDictionary<string, double> Values);
