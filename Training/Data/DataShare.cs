using DistGan.Recipes;

namespace DistGan.Training.Data;

/// <summary>
/// The samples that each pass of one of R replicas goes through, and their order. whole: all of them, in an order of the replica's own. pass: the parts of
/// one order that all replicas draw alike, a new one in each pass: together they see each sample once in a pass. own: a fixed part of the set,
/// in an order of the replica's own. A part has ⌊Count / R⌋ samples; the rest is left out, in <c>pass</c> another rest each time. All is a function of
/// (seed, pass, R, replica); a replica with an ordinal of R or above takes the part of its ordinal modulo R.
/// </summary>
/// <param name="Split">whole, pass or own.</param>
/// <param name="Seeds">Seed and replica.</param>
/// <param name="Replicas">R.</param>
public sealed record DataShare(string Split, SeedSequence Seeds, int Replicas)
{
    /// <summary>Whether replicas see different samples.</summary>
    private bool IsPart => Split != TopologyRecipe.Whole && Replicas > 1;

    /// <summary>Samples of a pass, of a set of <paramref name="count"/>.</summary>
    public long CountOf(long count) => IsPart ? count / Replicas : count;

    /// <summary>The numbers of the samples of a pass in their order.</summary>
    /// <param name="count">Samples in the set.</param>
    /// <param name="pass">The pass, from 0.</param>
    public int[] Order(int count, long pass)
    {
        if (!IsPart)
        {
            return Shuffled([.. Enumerable.Range(0, count)], Seeds.RandomFor("data-pass", pass));
        }

        var shared = new SeedSequence(Seeds.Seed, 0);
        var all = Shuffled([.. Enumerable.Range(0, count)], Split == TopologyRecipe.Own ? shared.RandomFor("data-own", 0) : shared.RandomFor("data-split", pass));
        var (size, part) = (count / Replicas, Seeds.Replica % Replicas);
        var mine = all[(part * size)..((part + 1) * size)];
        return Split == TopologyRecipe.Own ? Shuffled(mine, Seeds.RandomFor("data-pass", pass)) : mine;
    }

    private static int[] Shuffled(int[] numbers, Random random)
    {
        random.Shuffle(numbers);
        return numbers;
    }
}
