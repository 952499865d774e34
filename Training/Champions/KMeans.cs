using DistGan.Recipes;

namespace DistGan.Training.Champions;

/// <summary>
/// Clusters by Lloyd's algorithm in float64: each vector goes to the nearest centre (the first where several are), each centre to the mean of its
/// vectors, until nothing moves or <see cref="MostTurns"/> turns are done. A centre that loses all its vectors stays. The first centres are drawn by
/// k-means++ (Arthur and Vassilvitskii 2007, section 2.2): one uniformly, each further one with probability D(x)²/ΣD², D the distance to the nearest centre
/// so far. A function of the vectors and the random numbers alone.
/// </summary>
public static class KMeans
{
    /// <summary>Turns after which it stops.</summary>
    public const int MostTurns = 100;

    /// <summary>Centres of a number of clusters, in the order in which they were drawn.</summary>
    /// <param name="vectors">n vectors of one width.</param>
    /// <param name="clusters">k, from 1 to the number of different vectors.</param>
    /// <param name="random">Draws the first centres.</param>
    /// <exception cref="DistGanException">There are fewer different vectors than clusters.</exception>
    public static Clusters Find(IReadOnlyList<double[]> vectors, int clusters, Random random)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        return Refine(vectors, Seeded(vectors, clusters, random));
    }

    /// <summary>Lloyd's algorithm from given centres.</summary>
    public static Clusters Refine(IReadOnlyList<double[]> vectors, IReadOnlyList<double[]> centres)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(centres);
        var moved = centres.Select(static centre => (double[])centre.Clone()).ToArray();
        var of = Enumerable.Repeat(-1, vectors.Count).ToArray();
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var nearest = vectors.Select(vector => Clusters.Nearest(moved, vector).Cluster).ToArray();
            if (nearest.AsSpan().SequenceEqual(of))
            {
                break;
            }

            of = nearest;
            Move(vectors, of, moved);
        }

        var width = vectors.Count == 0 ? 1 : vectors[0].Length;
        var within = vectors.Sum(vector => Clusters.Nearest(moved, vector).Squared);
        return new Clusters(moved, within / Math.Max(1.0, (double)vectors.Count * width));
    }

    private static List<double[]> Seeded(IReadOnlyList<double[]> vectors, int clusters, Random random)
    {
        var centres = new List<double[]> { vectors[random.Next(vectors.Count)] };
        var squares = vectors.Select(vector => Clusters.SquaredDistance(vector, centres[0])).ToArray();
        while (centres.Count < clusters)
        {
            var sum = squares.Sum();
            if (!(sum > 0))
            {
                throw new DistGanException($"{clusters} clusters need as many different samples, but the features of the real ones have {centres.Count}: give fewer clusters.");
            }

            centres.Add(vectors[Drawn(squares, random.NextDouble() * sum)]);
            for (var i = 0; i < squares.Length; i++)
            {
                squares[i] = Math.Min(squares[i], Clusters.SquaredDistance(vectors[i], centres[^1]));
            }
        }

        return centres;
    }

    /// <summary>The first position where the sum of weights exceeds a number; the last one with a weight where rounding keeps it from that.</summary>
    private static int Drawn(double[] weights, double at)
    {
        var (sum, last) = (0.0, 0);
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                (sum, last) = (sum + weights[i], i);
                if (sum > at)
                {
                    return i;
                }
            }
        }

        return last;
    }

    private static void Move(IReadOnlyList<double[]> vectors, int[] of, double[][] centres)
    {
        var counts = new int[centres.Length];
        var sums = centres.Select(static centre => new double[centre.Length]).ToArray();
        for (var i = 0; i < vectors.Count; i++)
        {
            counts[of[i]]++;
            for (var d = 0; d < sums[of[i]].Length; d++)
            {
                sums[of[i]][d] += vectors[i][d];
            }
        }

        for (var c = 0; c < centres.Length; c++)
        {
            if (counts[c] > 0)
            {
                centres[c] = [.. sums[c].Select(sum => sum / counts[c])];
            }
        }
    }
}
