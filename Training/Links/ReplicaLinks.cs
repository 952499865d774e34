namespace DistGan.Training.Links;

/// <summary>A replica's ways to the rest of the job.</summary>
/// <param name="Replay">Needed where images are replayed from the job's history.</param>
/// <param name="Parameters">Needed where parameters are averaged.</param>
/// <param name="Reports">Where reports go.</param>
public sealed record ReplicaLinks(IReplaySource Replay, IParameterSource Parameters, IReportSink Reports)
{
    /// <summary>Needed where replicas merge their parameters; null elsewhere.</summary>
    public IMergeSource? Merges { get; init; }

    /// <summary>Where the replicas of a job share one balance; null where each has its own.</summary>
    public IBalanceSource? Balance { get; init; }

    /// <summary>Needed where one generator plays against the discriminators of several replicas; null elsewhere.</summary>
    public IDiscriminatorExchange? Discriminators { get; init; }
}
