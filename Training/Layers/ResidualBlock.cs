using System.Collections.Immutable;
using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>
/// y = F(x) + S(x): two branches over one input, added (He et al. 2016, equations 1 and 2); an empty S is the identity, y = F(x) + x.
/// Input [N, …], output [N, …] of the shape that both branches give. Weights are called main.0.weight, shortcut.0.weight and so on.
/// </summary>
/// <param name="Main">F.</param>
/// <param name="Shortcut">S.</param>
/// <remarks>Neither branch may begin in place: the other one, and the sum, still need x.</remarks>
public sealed record ResidualBlock(ImmutableArray<ILayer> Main, ImmutableArray<ILayer> Shortcut) : ICompositeLayer
{
    public IEnumerable<ILayer> Parts => Main.Concat(Shortcut);

    public ICompositeLayer Map(Func<ILayer, ILayer> replace) => new ResidualBlock([.. Main.Select(replace)], [.. Shortcut.Select(replace)]);

    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        if (BeginsInPlace(Main) || BeginsInPlace(Shortcut))
        {
            throw new DistGanException("A branch of layer ResidualBlock begins with an activation in place, which would overwrite what the other branch needs: use one that is not in place.");
        }

        var main = new LayerChain(layout.At("main"), Main, input);
        var shortcut = new LayerChain(layout.At("shortcut"), Shortcut, input);
        LayerShapes.Require(
            main.Output.SequenceEqual(shortcut.Output),
            nameof(ResidualBlock),
            $"that both branches turn into one shape (here [{string.Join(", ", main.Output)}] and [{string.Join(", ", shortcut.Output)}])",
            input);
        return new(main.Output, (pass, x) => Sum(x, main.Forward(pass, x), shortcut.Forward(pass, x)));
    }

    /// <summary>Reshaping gives a view, so that an activation behind it still writes into the input.</summary>
    private static bool BeginsInPlace(ImmutableArray<ILayer> branch)
        => branch.SkipWhile(static layer => layer is Reshape).FirstOrDefault() is Activation { InPlace: true };

    private static Tensor Sum(Tensor x, Tensor main, Tensor shortcut)
    {
        var sum = main.Plus(shortcut);
        _ = Intermediates.Next(x, main, sum);
        return Intermediates.Next(x, shortcut, sum);
    }
}
