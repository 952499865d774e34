using DistGan.Training.Arithmetic;
using DistGan.Training.Vectors;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>
/// y = γ·o + x with o_j = v(Σ_i β_{j,i}·h(x_i)), β_{j,i} = exp(s_ij)/Σ_i exp(s_ij), s_ij = f(x_i)ᵀ·g(x_j) over the positions i, j of
/// one map (self-attention, Zhang et al. 2019, equations 1 to 3). f, g, h: 1×1 convolutions to C̄ = max(1, C/8) channels, v back
/// to C; γ starts at 0, so that the layer begins as the identity. Input and output [N, C, H, W].
/// </summary>
/// <param name="Key">f.</param>
/// <param name="Query">g.</param>
/// <param name="Value">h.</param>
/// <param name="Result">v.</param>
/// <remarks>β has (H·W)² numbers for each sample; they are float32 (or float64) in every precision, and so is γ.</remarks>
public sealed record SelfAttention(ILayer Key, ILayer Query, ILayer Value, ILayer Result) : ICompositeLayer
{
    private const long Reduction = 8;

    public IEnumerable<ILayer> Parts => [Key, Query, Value, Result];

    /// <summary>The block of the paper for maps of <paramref name="channels"/> channels.</summary>
    public static SelfAttention Of(long channels)
    {
        var inner = Math.Max(1, channels / Reduction);
        var reduce = new Convolution(inner, 1, 1, 0, Bias: false, Initializer.Glorot(channels, inner));
        return new(reduce, reduce, reduce, new Convolution(channels, 1, 1, 0, Bias: false, Initializer.Glorot(inner, channels)));
    }

    public ICompositeLayer Map(Func<ILayer, ILayer> replace) => new SelfAttention(replace(Key), replace(Query), replace(Value), replace(Result));

    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        LayerShapes.Require(input.Length == 3, nameof(SelfAttention), "[C, H, W]", input);
        var key = Key.Build(layout.At("key"), input);
        var query = Query.Build(layout.At("query"), input);
        var value = Value.Build(layout.At("value"), input);
        var result = Result.Build(layout.At("result"), value.Output);
        LayerShapes.Require(
            key.Output.SequenceEqual(query.Output) && result.Output.SequenceEqual(input),
            nameof(SelfAttention),
            $"that its result has again (here [{string.Join(", ", result.Output)}])",
            input);
        var gamma = layout.Weight("gamma", [1], Initializer.Zero);
        return new(input, (pass, x) =>
        {
            var shares = Shares(key.Forward(pass, x).flatten(2), query.Forward(pass, x).flatten(2));
            var mixed = value.Forward(pass, x).flatten(2).matmul(shares).view([-1, .. value.Output]);
            return Add(x, result.Forward(pass, mixed), pass.Master(gamma));
        });
    }

    /// <summary>β transposed [N, i, j], so that each column j sums to 1: f and g are [N, C̄, H·W].</summary>
    private static Tensor Shares(Tensor f, Tensor g)
    {
        var scores = f.transpose(1, 2).matmul(g);
        return scores.dtype == ScalarType.BFloat16
            ? nn.functional.softmax(scores.to_type(ScalarType.Float32), 1).to_type(ScalarType.BFloat16)
            : nn.functional.softmax(scores, 1);
    }

    private static Tensor Add(Tensor x, Tensor o, Tensor gamma)
        => x.Plus(o * (gamma.dtype == x.dtype ? gamma : gamma.to_type(x.dtype)));
}
