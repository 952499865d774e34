using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>G's loss is taken against D after some updates of D that are only imagined.</summary>
public sealed record UnrollingRecipe
{
    [Description("Updates K of D that G looks ahead; 0 is the plain game with the loss below, to compare with.")]
    [Range(0, 100)]
    public int Steps { get; init; } = 5;

    [Description("What G minimises. minimax: the value of the game, -E softplus(-D(x)) - E softplus(D(G(z))), as in the paper; objective: the loss of the recipe's objective.")]
    [AllowedValues("minimax", "objective")]
    public string Loss { get; init; } = "minimax";
}
