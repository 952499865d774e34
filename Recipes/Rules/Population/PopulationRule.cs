namespace DistGan.Recipes;

/// <summary>
/// Population based training (Jaderberg et al. 2017): a replica that is among the worst takes the place of one that is among the best (exploit), and varies
/// its hyperparameters (explore). Nobody waits: each is compared when it is ready, with the newest scores that there are (truncation selection, appendix A.1).
/// </summary>
/// <remarks>
/// Of n replicas with comparable scores, k = max(1, ⌊f·n⌋) are best and k are worst, f the recipe's fraction. One is ready where it has been scored after at least
/// as many steps as the recipe says since it last changed. Objectives vary as in E-GAN (Wang et al. 2018), whose mutations are objectives of G.
/// </remarks>
/// <param name="recipe">How replicas are compared.</param>
/// <param name="seed">The seed of the job: draws are a function of it, the replica and the step of its score.</param>
public sealed class PopulationRule(PopulationRecipe recipe, long seed)
{
    private const string Purpose = "population";

    /// <summary>The generator of a replica's draws at a step.</summary>
    public static Random Draws(long seed, int replica, long step) => new SeedSequence(seed, replica).RandomFor(Purpose, step);

    /// <summary>Whose place a replica takes; null where it goes on as it is.</summary>
    /// <param name="replica">Its number.</param>
    /// <param name="members">All replicas that have a score.</param>
    /// <returns>The other one, and the draws that go on from the choice.</returns>
    public (PopulationMember Donor, Random Draws)? Choose(int replica, IReadOnlyCollection<PopulationMember> members)
    {
        var ordered = members.Where(static member => member.IsComparable).OrderBy(static member => member.Loss).ThenBy(static member => member.Replica).ToList();
        var place = ordered.FindIndex(member => member.Replica == replica);
        var count = Math.Max(1, (int)(recipe.Fraction * ordered.Count));
        if (place < count || place < ordered.Count - count || ordered[place].Step - ordered[place].Changed < recipe.EverySteps)
        {
            return null;
        }

        var own = ordered[place];
        var best = ordered.Take(count).Where(member => member.CanGive && member.Loss < own.Loss).ToList();
        if (best.Count == 0)
        {
            return null;
        }

        return Draw(replica, own.Step, best);
    }

    /// <summary>Whose place a replica takes that cannot go on, whatever its score; null where nobody has one.</summary>
    /// <param name="replica">Its number.</param>
    /// <param name="step">Where it has failed.</param>
    /// <param name="members">All replicas that have a score.</param>
    public (PopulationMember Donor, Random Draws)? Rescue(int replica, long step, IReadOnlyCollection<PopulationMember> members)
    {
        var others = members.Where(member => member.IsComparable && member.CanGive && member.Replica != replica).OrderBy(static member => member.Loss).ThenBy(static member => member.Replica).ToList();
        return others.Count == 0 ? null : Draw(replica, step, others.Take(Math.Max(1, (int)(recipe.Fraction * others.Count))).ToList());
    }

    private (PopulationMember Donor, Random Draws) Draw(int replica, long step, List<PopulationMember> best)
    {
        var draws = Draws(seed, replica, step);
        return (best[draws.Next(best.Count)], draws);
    }
}
