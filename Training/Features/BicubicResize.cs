using static TorchSharp.torch;

namespace DistGan.Training.Features;

/// <summary>
/// Resizes images as products with two matrices, Y = A·X·Bᵀ. Row o of A holds w(i) ∝ h((i + ½ − c)/s) with centre c = (o + ½)·n/m,
/// scale s = max(n/m, 1) and Σᵢ w(i) = 1, for n pixels in and m out. h is the cubic of Keys (1981), equation 15, with a = −½:
/// h(t) = (a+2)|t|³ − (a+3)t² + 1 for |t| ≤ 1, a|t|³ − 5at² + 8a|t| − 4a for 1 &lt; |t| &lt; 2, 0 beyond. Shrunk images are smoothed,
/// since the cubic widens with s; the edge is cut off and the weights are normalised, as the usual image libraries do.
/// </summary>
public static class BicubicResize
{
    private const double A = -0.5;
    private const double Support = 2;

    /// <summary>Images [N, C, H, W] → [N, C, size, size], in their own type; the caller disposes them.</summary>
    public static Tensor Apply(Tensor images, int size)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        var (height, width) = ((int)images.shape[2], (int)images.shape[3]);
        var rows = tensor(Weights(height, size)).view(size, height).to(images.dtype);
        var columns = tensor(Weights(width, size)).view(size, width).to(images.dtype);
        return rows.matmul(images).matmul(columns.t()).MoveToOuterDisposeScope();
    }

    /// <summary>A, row-major [after, before].</summary>
    internal static double[] Weights(int before, int after)
    {
        var weights = new double[after * before];
        var scale = Math.Max((double)before / after, 1);
        for (var row = 0; row < after; row++)
        {
            var centre = (row + 0.5) * before / after;
            var line = weights.AsSpan(row * before, before);
            var sum = 0.0;
            for (var i = Math.Max(0, (int)Math.Floor(centre - Support * scale)); i < Math.Min(before, (int)Math.Ceiling(centre + Support * scale)); i++)
            {
                line[i] = Cubic((i + 0.5 - centre) / scale);
                sum += line[i];
            }

            foreach (ref var weight in line)
            {
                weight /= sum;
            }
        }

        return weights;
    }

    private static double Cubic(double t)
    {
        var x = Math.Abs(t);
        return x <= 1 ? ((A + 2) * x - (A + 3)) * x * x + 1
            : x < Support ? ((A * x - 5 * A) * x + 8 * A) * x - 4 * A
            : 0;
    }
}
