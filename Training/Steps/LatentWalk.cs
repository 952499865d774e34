using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>
/// A way through latent space from stop to stop. Between a and b at t ∈ [0, 1]: normal latents spherically,
/// sin((1−t)Ω)/sin Ω · a + sin(tΩ)/sin Ω · b with Ω the angle between them (Shoemake 1985; for latents White 2016, "Sampling
/// Generative Networks"), because a normal vector of many dimensions lies near a sphere that a straight line leaves; uniform ones
/// linearly, (1−t)·a + t·b, which never leaves the cube. Codes go linearly too: a label fades into the other.
/// </summary>
public static class LatentWalk
{
    private const double Parallel = 1e-6;

    /// <summary>The latents of every frame, evenly spaced along the stops; the caller disposes them.</summary>
    /// <param name="recipe">Whose latents they are.</param>
    /// <param name="layout">What a row is made of; codes go in straight lines.</param>
    /// <param name="stops">Two or more tensors [N, width] on the CPU; row i walks from row i to row i.</param>
    /// <param name="frames">Frames of the whole walk, at least two; the first is the first stop and, unless it loops, the last is the last.</param>
    /// <param name="loop">Whether it goes back to the first stop, whose frame is not repeated.</param>
    /// <returns>[N, width] for each frame.</returns>
    /// <exception cref="DistGanException">There are too few stops or frames.</exception>
    public static IReadOnlyList<Tensor> Between(LatentRecipe recipe, LatentLayout layout, IReadOnlyList<Tensor> stops, int frames, bool loop)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(stops);
        if (stops.Count < 2 || frames < 2)
        {
            throw new DistGanException($"A walk needs at least two stops and two frames, not {stops.Count} and {frames}.");
        }

        var points = stops.Select(static stop => MemoryMarshal.Cast<byte, float>(VectorBytes.Copy(stop)).ToArray()).ToArray();
        var walk = new List<Tensor>(frames);
        for (var frame = 0; frame < frames; frame++)
        {
            // Whole numbers, so that stops are met exactly.
            var (at, parts) = loop ? ((long)frame * stops.Count, frames) : ((long)frame * (stops.Count - 1), frames - 1);
            var (segment, rest) = ((int)(at / parts), at % parts);
            walk.Add(Mix(recipe, layout, points[segment % stops.Count], points[(segment + 1) % stops.Count], rest / (double)parts));
        }

        return walk;
    }

    private static Tensor Mix(LatentRecipe recipe, LatentLayout layout, float[] from, float[] to, double t)
    {
        var mixed = new float[from.Length];
        for (var start = 0; start < from.Length; start += layout.Width)
        {
            ReadOnlySpan<float> a = from.AsSpan(start, layout.Width);
            ReadOnlySpan<float> b = to.AsSpan(start, layout.Width);
            var row = mixed.AsSpan(start, layout.Width);
            var (left, right) = recipe.Distribution == "uniform" ? (1 - t, t) : Spherical(a[..layout.Noise], b[..layout.Noise], t);
            Add(row[..layout.Noise], a, b, left, right);
            Add(row[layout.Noise..], a[layout.Noise..], b[layout.Noise..], 1 - t, t);
        }

        return tensor(mixed, [mixed.Length / layout.Width, layout.Width]);
    }

    private static void Add(Span<float> sum, ReadOnlySpan<float> a, ReadOnlySpan<float> b, double left, double right)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = (float)(left * a[i] + right * b[i]);
        }
    }

    /// <summary>The weights of both ends; those of a straight line where the ends lie on one line through the origin.</summary>
    private static (double Left, double Right) Spherical(ReadOnlySpan<float> a, ReadOnlySpan<float> b, double t)
    {
        var (dot, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            dot += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }

        var angle = Math.Acos(Math.Clamp(dot / Math.Sqrt(aa * bb), -1, 1));
        var sine = Math.Sin(angle);
        return double.IsNaN(sine) || sine < Parallel ? (1 - t, t) : (Math.Sin((1 - t) * angle) / sine, Math.Sin(t * angle) / sine);
    }
}
