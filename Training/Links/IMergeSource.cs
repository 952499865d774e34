namespace DistGan.Training.Links;

/// <summary>Where replicas merge their parameters; boundaries are those of <see cref="IReplaySource"/>.</summary>
public interface IMergeSource
{
    /// <summary>Hands over the replica's vectors as of a boundary; the source becomes their owner. Never waits.</summary>
    void Contribute(MergeContribution contribution);

    /// <summary>
    /// The outcome of what was contributed at boundary <paramref name="boundary"/>, owned by the caller. May wait as long as the
    /// source's patience allows; null when it is not there.
    /// </summary>
    MergedParameters? Take(long boundary);
}
