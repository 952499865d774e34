using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Vectors;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>y = (r; x): puts a fixed batch r before the given one, so that both go through what follows together. Input [N, …], output [Count + N, …].</summary>
/// <param name="Count">Examples in r, which lies in β and is never changed.</param>
/// <param name="Values">How r is drawn; of latents, their noise.</param>
public sealed record ReferenceBatch(long Count, Initializer Values) : ILayer
{
    /// <summary>
    /// What examples are made of where they are latents with a code: example i of r has category i mod K, so that all are there, and
    /// continuous codes from U(−1, 1).
    /// </summary>
    public LatentLayout? Latents { get; init; }

    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        if (Latents is not { Code: > 0 } latents)
        {
            var reference = layout.Buffer("reference", [Count, .. input], Values);
            return new(input, (pass, x) => cat([pass[reference].to_type(x.dtype), x], 0));
        }

        var noise = layout.Buffer("reference", [Count, latents.Noise], Values);
        BufferHandle? continuous = latents.Continuous > 0 ? layout.Buffer("reference_codes", [Count, latents.Continuous], new Initializer(0, 1, IsUniform: true)) : null;
        return new(input, (pass, x) =>
        {
            Tensor[] parts = [pass[noise], .. Categories(latents, x), .. continuous is { } codes ? [pass[codes]] : Array.Empty<Tensor>()];
            return cat([cat([.. parts.Select(part => part.to_type(x.dtype))], 1), x], 0);
        });
    }

    private IEnumerable<Tensor> Categories(LatentLayout latents, Tensor x)
        => latents.Categories > 0 ? [nn.functional.one_hot(TensorArithmetic.Indices(Count, x.device).remainder(Of(latents.Categories)), latents.Categories)] : [];
}
