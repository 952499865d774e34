namespace DistGan.Client.Runs.Contents;

/// <summary>One evaluation of a replica.</summary>
/// <param name="Replica">Which.</param>
/// <param name="Step">At which of its steps.</param>
/// <param name="Scores">Scores by metric name, in their order; null was not finite.</param>
/// <param name="Provenance">By metric name, what the score depends on, in words.</param>
public sealed record ScoreRow(int Replica, long Step, IReadOnlyDictionary<string, double?> Scores, IReadOnlyDictionary<string, string> Provenance)
{
    /// <summary>By score, what has to be equal in what it is compared with.</summary>
    public IReadOnlyDictionary<string, ScoreKey> Keys { get; init; } = new Dictionary<string, ScoreKey>();

    /// <summary>The key of a score; an empty one where nothing is known.</summary>
    public ScoreKey KeyOf(string score) => Keys.TryGetValue(score, out var key) ? key : new ScoreKey();
}
