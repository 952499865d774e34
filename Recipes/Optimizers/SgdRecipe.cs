using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Gradient descent with momentum (Polyak 1964) or Nesterov's (Sutskever et al. 2013, equations 3 and 4).</summary>
[Description("Gradient descent, with momentum and Nesterov look-ahead if asked.")]
public sealed record SgdRecipe : OptimizerRecipe
{
    public override string Kind => "sgd";

    [Description("Share of the last move in the next; 0 is none.")]
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Momentum { get; init; }

    [Description("Takes the gradient where the momentum leads; needs a momentum above 0.")]
    public bool Nesterov { get; init; }
}
