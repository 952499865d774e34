namespace DistGan.Training.Layers;

/// <summary>
/// y_u = max_p x[p·units + u] over 0 ≤ p &lt; k; after a dense layer of k·units this is a maxout layer (Goodfellow et al. 2013, equation 1
/// of section 3). Input [N, k·units], output [N, units]. The pieces of a unit lie apart, so that neighbouring units are compared at once.
/// </summary>
/// <param name="Pieces">k, at least 1.</param>
public sealed record Maxout(long Pieces = 5) : ILayer
{
    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        LayerShapes.Require(input.Length == 1 && input[0] % Pieces == 0, nameof(Maxout), $"[features], a multiple of {Pieces}", input);
        var units = input[0] / Pieces;
        return new([units], (_, x) => x.reshape(-1, Pieces, units).amax([1]));
    }
}
