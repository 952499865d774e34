namespace DistGan.Client.Runs.Contents;

/// <summary>One evaluation of a replica.</summary>
/// <param name="Replica">Which.</param>
/// <param name="Step">At which of its steps.</param>
/// <param name="Scores">Scores by metric name, in their order; null was not finite.</param>
/// <param name="Provenance">By metric name, what the score depends on, in words.</param>
public sealed record ScoreRow(int Replica, long Step, IReadOnlyDictionary<string, double?> Scores, IReadOnlyDictionary<string, string> Provenance);
