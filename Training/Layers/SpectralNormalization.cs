using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>
/// The inner layer with W/σ(W) instead of its weight W, σ being the largest singular value of W as a matrix [out, rest]
/// (Miyato et al. 2018, section 2.1). Input, output and names of weights are those of the inner layer.
/// </summary>
/// <param name="Inner">A dense layer, a convolution or a transposed convolution.</param>
/// <remarks>
/// Power iteration (appendix A, algorithm 1): v ← Wᵀu/‖Wᵀu‖, u ← Wv/‖Wv‖, σ = uᵀWv, once in each pass with
/// <see cref="Statistics.BatchAndUpdate"/>, which keeps u [out] in β; other passes take u as it is. u is a constant for
/// gradients, and so is v where u moves: ∂σ/∂W = u·vᵀ (equation 12). Where u stays, v is part of the graph: σ = ‖Wᵀu‖ has the same first
/// derivative, and a second one for those who differentiate an update of W (unrolling). W is the float32 master in every precision; only
/// the quotient is rounded.
/// </remarks>
public sealed record SpectralNormalization(ILayer Inner) : ICompositeLayer
{
    /// <summary>Keeps a quotient by the norm of an exact 0 finite.</summary>
    private const double Epsilon = 1e-12;

    public IEnumerable<ILayer> Parts => [Inner];

    /// <summary>Whether a layer has a weight that this can normalise.</summary>
    public static bool Takes(ILayer layer) => layer is Dense or Convolution or TransposedConvolution;

    public ICompositeLayer Map(Func<ILayer, ILayer> replace) => new SpectralNormalization(replace(Inner));

    /// <exception cref="DistGanException">The inner layer has no such weight.</exception>
    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        if (!Takes(Inner))
        {
            throw new DistGanException($"Layer {Inner.GetType().Name} has no weight that spectral normalisation can divide: it takes dense layers and convolutions.");
        }

        // These layers declare their weight first.
        var handle = new WeightHandle(layout.WeightCount);
        var inner = Inner.Build(layout, input);
        var outputs = Inner is Dense dense ? dense.Units : inner.Output[0];
        var direction = layout.Buffer("weight_u", [outputs], Initializer.Normal(0, 1));
        return new(inner.Output, (pass, x) =>
        {
            var master = pass.Master(handle);
            var normal = master / Sigma(AsMatrix(master), pass[direction], pass.Statistics == Statistics.BatchAndUpdate);
            return inner.Forward(pass.With(handle, normal), x);
        });
    }

    /// <summary>A transposed convolution has its outputs second: [in, out, k, k].</summary>
    private Tensor AsMatrix(Tensor weight) => Inner is TransposedConvolution ? weight.transpose(0, 1).flatten(1) : weight.flatten(1);

    private static Tensor Sigma(Tensor matrix, Tensor buffer, bool update)
    {
        var u = Unit(buffer.to_type(matrix.dtype));
        if (!update)
        {
            return u.dot(matrix.mv(Unit(matrix.t().mv(u))));
        }

        Tensor v;
        using (no_grad())
        {
            v = Unit(matrix.t().mv(u));
            u = Unit(matrix.mv(v));
            buffer.copy_(u);
        }

        return u.dot(matrix.mv(v));
    }

    private static Tensor Unit(Tensor vector) => vector / vector.norm().Plus(Epsilon);
}
