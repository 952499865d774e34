namespace DistGan.Training.Links;

/// <summary>
/// Where a replica's generated images go and where the images that its D replays come from. The training thread calls it
/// once a round; implementations work beside that thread.
/// </summary>
/// <remarks>
/// Boundary k is the end of round k (k ≥ 1). At boundary k the replica first takes the answer to the request of boundary
/// k−1, then offers the images of round k and asks again. So what was asked for at boundary k−1 is used in round k+1.
/// </remarks>
public interface IReplaySource
{
    /// <summary>Hands over the images of a round, of which the source becomes the owner, and asks for draws. Never waits.</summary>
    void Exchange(ReplayOffer offer);

    /// <summary>
    /// The answer to the request of boundary <paramref name="boundary"/>, owned by the caller. May wait as long as the source's
    /// patience allows; null when the answer is not there, and the caller goes on with what it has.
    /// </summary>
    ReplayDraws? Take(long boundary);
}
