using DistGan.Training.Arithmetic;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.Augmenting;

/// <summary>
/// Changes of images x [N, C, H, W] by uniform numbers u [N] in [0, 1) of each sample, in the graph of x: linear in x, so that
/// gradients of any order pass (Zhao et al. 2020; the sizes are those of the code that was published with it).
/// </summary>
internal static class ImageChanges
{
    /// <summary>x + (u − ½).</summary>
    public static Tensor Brightness(Tensor x, Tensor u) => x.Plus(PerSample(u) - Of(0.5));

    /// <summary>m + 2u·(x − m), m being the mean over the channels of each pixel: nothing changes where there is one channel.</summary>
    public static Tensor Saturation(Tensor x, Tensor u)
    {
        var mean = x.mean([1], keepdim: true);
        return mean.Plus((x - mean) * (PerSample(u) * Of(2)));
    }

    /// <summary>m + (u + ½)·(x − m), m being the mean of each image.</summary>
    public static Tensor Contrast(Tensor x, Tensor u)
    {
        var mean = x.mean([1, 2, 3], keepdim: true);
        return mean.Plus((x - mean) * PerSample(u).Plus(0.5));
    }

    /// <summary>A shift by (dx, dy), each uniform over the whole numbers of [−r, r], r an eighth of the size, rounded; zeros come in.</summary>
    public static Tensor Translate(Tensor x, Tensor ofX, Tensor ofY)
    {
        var (reachY, reachX) = (Share(x.shape[2], 0.125), Share(x.shape[3], 0.125));
        var padded = nn.functional.pad(x, [reachX, reachX, reachY, reachY]);

        // Row y of the result is row y + r − dy of the padded image; r − dy is uniform over [0, 2r].
        var rows = Positions(x, 2).Plus(Whole(ofY, 2 * reachY + 1));
        var columns = Positions(x, 3).Plus(Whole(ofX, 2 * reachX + 1));
        return padded
            .gather(2, rows.expand(x.shape[0], x.shape[1], x.shape[2], padded.shape[3]))
            .gather(3, columns.expand(x.shape));
    }

    /// <summary>A rectangle of half the height and width around a pixel that is uniform over the image becomes 0; what lies outside is cut off.</summary>
    public static Tensor Cutout(Tensor x, Tensor ofX, Tensor ofY)
    {
        var hole = Inside(x, 2, ofY).logical_and(Inside(x, 3, ofX));
        return x * hole.logical_not().to_type(x.dtype);
    }

    /// <summary>[N, …, 1, …] along one dimension: whether a place lies in the hole, which starts half its size before its centre.</summary>
    private static Tensor Inside(Tensor x, int dimension, Tensor u)
    {
        var size = Share(x.shape[dimension], 0.5);
        var start = Whole(u, x.shape[dimension] + 1 - size % 2) - Of(size / 2);
        var place = Positions(x, dimension);
        return place.ge(start).logical_and(place.lt(start.Plus(size)));
    }

    /// <summary>0, 1, … along a dimension, [1, 1, …].</summary>
    private static Tensor Positions(Tensor x, int dimension)
    {
        long[] shape = [1, 1, 1, 1];
        shape[dimension] = x.shape[dimension];
        return TensorArithmetic.Indices(x.shape[dimension], x.device).view(shape);
    }

    /// <summary>⌊u·count⌋ [N, 1, 1, 1]; a product that float32 rounds up to count stays below it.</summary>
    private static Tensor Whole(Tensor u, long count) => PerSample(u * Of(count)).to_type(ScalarType.Int64).clamp_max(Of(count - 1));

    private static Tensor PerSample(Tensor u) => u.view(-1, 1, 1, 1);

    private static long Share(long size, double share) => (long)(size * share + 0.5);
}
