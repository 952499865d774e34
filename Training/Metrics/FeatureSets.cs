using DistGan.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>Distances between feature vectors, a few rows at a time, so that memory does not grow with the product of two sets.</summary>
internal static class FeatureSets
{
    /// <summary>Distances in memory at once: 32 MiB of float64.</summary>
    public const int MostDistances = 1 << 22;

    /// <summary>Features as float64 on the CPU.</summary>
    public static Tensor Wide(Tensor features) => features.detach().to(ScalarType.Float64).cpu().contiguous();

    /// <summary>Whether every number is finite.</summary>
    public static bool AreFinite(Tensor features)
    {
        using var scope = NewDisposeScope();
        return isfinite(features).all().item<bool>();
    }

    /// <exception cref="DistGanException">Two sets are not of one network, or one of them is too small.</exception>
    public static void ThrowIfUnlike(Tensor one, Tensor two, int least)
    {
        if (one.dim() != 2 || two.dim() != 2 || one.shape[1] != two.shape[1] || Math.Min(one.shape[0], two.shape[0]) < least)
        {
            throw new DistGanException($"Two sets of at least {least} features [N, d] of one network are compared, not [{string.Join(", ", one.shape)}] with [{string.Join(", ", two.shape)}].");
        }
    }

    /// <summary>Calls <paramref name="take"/> with the Euclidean distances [rows, n] of some rows of x [m, d] to all of y [n, d], and the first row's number.</summary>
    public static void ForRows(Tensor x, Tensor y, Action<Tensor, long> take, int mostDistances = MostDistances)
    {
        var rows = Math.Max(1, mostDistances / y.shape[0]);
        for (var start = 0L; start < x.shape[0]; start += rows)
        {
            using var scope = NewDisposeScope();
            // Equal vectors must be at distance 0 exactly, which |x|² + |y|² − 2xᵀy does not give.
            take(cdist(x.narrow(0, start, Math.Min(rows, x.shape[0] - start)), y, 2, compute_mode.donot_use_mm_for_euclid_dist), start);
        }
    }

    /// <summary>Distance [m] of each vector of x to its k-th nearest neighbour among the others of x, k &lt; m.</summary>
    public static Tensor ToNeighbour(Tensor x, int k, int mostDistances = MostDistances)
        // A vector itself is the nearest, at distance 0.
        => Smallest(x, x, k + 1, mostDistances);

    /// <summary>Distance [m] of each vector of x [m, d] to the k-th nearest of y [n, d], k ≤ n; the caller disposes it.</summary>
    public static Tensor Smallest(Tensor x, Tensor y, int k, int mostDistances = MostDistances)
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        ForRows(x, y, (distances, _) => parts.Add(distances.kthvalue(k, 1).values.MoveToOuterDisposeScope()), mostDistances);
        return cat(parts).MoveToOuterDisposeScope();
    }
}
