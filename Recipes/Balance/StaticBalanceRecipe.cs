using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>n_D discriminator updates, then n_G generator updates, in every step.</summary>
[Description("The same number of updates in every step.")]
public sealed record StaticBalanceRecipe : BalanceRecipe
{
    public override string Kind => "static";

    public override bool IsFixed => true;

    public override BalanceTurn Usual => new(Discriminator, Generator);

    [Description("Discriminator updates n_D in a step.")]
    [Range(1, 100)]
    public int Discriminator { get; init; } = 1;

    [Description("Generator updates n_G in a step.")]
    [Range(1, 100)]
    public int Generator { get; init; } = 1;

    public override IBalanceRule CreateRule() => new StaticBalanceRule(this);
}
