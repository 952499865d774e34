using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Features;
using DistGan.Training.Metrics;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Champions;

/// <summary>
/// Finds the modes of a data set: the components of a mixture; the classes of a frozen classifier, p = softmax(logits); otherwise
/// clusters of features with centres c and variance v within them, p_m = softmax_m(−‖f − c_m‖²/(2v)), the posterior of equally likely Gaussians.
/// </summary>
public static class ModeFinder
{
    private const string Purpose = "champion-clusters";

    /// <summary>Where every vector is a centre, the nearest one has all the probability.</summary>
    private const double LeastVariance = 1e-30;

    /// <summary>The modes of the context's data; the caller disposes them.</summary>
    /// <param name="recipe">Threshold and number of clusters.</param>
    /// <param name="context">Data and, for images, features; shared.</param>
    /// <param name="seed">Origin of the first centres of clusters: the recipe's seed.</param>
    /// <exception cref="DistGanException">There are fewer different samples than clusters.</exception>
    public static IModes Find(ModeChampionsRecipe recipe, MetricContext context, long seed)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(context);
        if (context.Data.Modes is { } modes)
        {
            return new PointModes(modes);
        }

        var real = context.Features ?? throw new DistGanException($"The modes of {context.Data.Name} are not known: mode-champions needs images, or a mixture of Gaussians.");
        return real.Network is IFrozenClassifier classifier
            ? new FeatureModes(real, classifier.ClassCount, features => Probabilities(classifier, features), recipe.Threshold)
            : Clustered(recipe, real, seed);
    }

    private static Tensor Probabilities(IFrozenClassifier classifier, Tensor features)
    {
        using var logits = classifier.LogitsOf(features);
        return logits.softmax(1);
    }

    private static FeatureModes Clustered(ModeChampionsRecipe recipe, RealFeatures real, long seed)
    {
        var clusters = KMeans.Find(Vectors(real.All), recipe.Clusters, new SeedSequence(seed, 0).RandomFor(Purpose));
        return new FeatureModes(real, recipe.Clusters, features => Posterior(clusters, features), recipe.Threshold);
    }

    /// <summary>p [N, K] of features [N, d], in float64.</summary>
    internal static Tensor Posterior(Clusters clusters, Tensor features)
    {
        using var scope = NewDisposeScope();
        var centres = tensor(clusters.Centres.SelectMany(static centre => centre).ToArray(), [clusters.Centres.Count, clusters.Centres[0].Length]);
        var distances = cdist(FeatureSets.Wide(features), centres, 2, compute_mode.donot_use_mm_for_euclid_dist);
        return (distances.Squared() / Of(-2 * Math.Max(clusters.Variance, LeastVariance))).softmax(1).MoveToOuterDisposeScope();
    }

    private static double[][] Vectors(Tensor features)
    {
        using var scope = NewDisposeScope();
        var wide = FeatureSets.Wide(features);
        return [.. MemoryMarshal.Cast<byte, double>(wide.bytes).ToArray().Chunk((int)features.shape[1])];
    }
}
