namespace DistGan.Training.Links;

/// <summary>
/// Where a replica's parameters are summed and where their historical average comes from; boundaries are those of
/// <see cref="IReplaySource"/>.
/// </summary>
public interface IParameterSource
{
    /// <summary>Hands over the sum of a player's parameters over the updates of a round; the source becomes its owner. Never waits.</summary>
    void Contribute(ParameterContribution contribution);

    /// <summary>
    /// The historical average as of boundary <paramref name="boundary"/>, owned by the caller. May wait as long as the source's
    /// patience allows; null when it is not there.
    /// </summary>
    ParameterAverage? Take(Player player, long boundary);
}
