namespace DistGan.Recipes;

/// <summary>
/// Gossip of one replica (GoSGD, Blot et al. 2016; AD-PSGD, Lian et al. 2018): after each round it moves from its own numbers c towards those m of one
/// other replica, x ← x + s·(m − c), and waits for nobody. Where both of a pair do so with s = 1/2, they meet in the middle and their mean is kept.
/// </summary>
/// <remarks>
/// Numbers carry how many rounds of training are in them, r. They mix as the numbers do, r ← r + s·(r_m − r), but never fall: a replica that has died
/// holds the others back for no more rounds than may lie between two.
/// </remarks>
/// <param name="Share">s, in (0, 1].</param>
/// <param name="MaxStaleRounds">Rounds that may lie between two replicas that exchange.</param>
public readonly record struct GossipRule(double Share, long MaxStaleRounds)
{
    private const string Purpose = "gossip-partner";

    /// <summary>The other replicas in the order in which they are asked; each is equally likely at every place.</summary>
    /// <param name="seeds">The seed of the job and the number of the replica, whose own draws these are.</param>
    /// <param name="boundary">The end of which round.</param>
    /// <param name="replicas">Replicas of the job, numbered from 0.</param>
    public static IReadOnlyList<int> Partners(SeedSequence seeds, long boundary, int replicas)
    {
        var others = Enumerable.Range(0, replicas).Where(replica => replica != seeds.Replica).ToArray();
        seeds.RandomFor(Purpose, boundary).Shuffle(others);
        return others;
    }

    /// <summary>
    /// How a replica of <paramref name="own"/> rounds moves towards numbers of <paramref name="partner"/> rounds: s of the way; all of it where it is itself
    /// too far behind; null, it does not, where they are.
    /// </summary>
    /// <returns>The share of the way, and the rounds that are in the numbers afterwards.</returns>
    public (double Pull, long Rounds)? Towards(long own, long partner)
    {
        if (own - partner > MaxStaleRounds)
        {
            return null;
        }

        return partner - own > MaxStaleRounds
            ? (1, partner)
            : (Share, own + Math.Max(0, (long)Math.Round(Share * (partner - own), MidpointRounding.AwayFromZero)));
    }
}
