namespace DistGan.Recipes;

/// <summary>One replica as the others of its population see it.</summary>
/// <param name="Replica">Its number.</param>
/// <param name="Step">The step of its newest score.</param>
/// <param name="Loss">That score, turned so that lower is better; the largest number for one that is not finite.</param>
/// <param name="Changed">The step at which it last took the place of another one; 0 before.</param>
/// <param name="CanGive">Whether it has a snapshot that another one can go on from.</param>
public sealed record PopulationMember(int Replica, long Step, double Loss, long Changed, bool CanGive)
{
    /// <summary>Whether its score is of what it trains now, and not of what it was before it changed.</summary>
    public bool IsComparable => Step > Changed || Changed == 0;
}
