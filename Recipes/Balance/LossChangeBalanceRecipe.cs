using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Updates the player whose loss changes faster (Ouyang and Agam 2020, arXiv 2008.12463).</summary>
[Description("The player whose loss changes faster is updated: D if r_D > lambda * r_G, else G, where r is the relative change of a loss between two readings.")]
public sealed record LossChangeBalanceRecipe : BalanceRecipe
{
    public override string Kind => "loss-change";

    public override BalanceTurn Usual => new(Discriminator, Generator);

    [Description("Weight of r_G: above 1 favours G, below 1 favours D.")]
    [Range(1e-3, 1e3)]
    public double Lambda { get; init; } = 1;

    [Description("Share by which r_D must pass lambda * r_G before the other player gets its turn.")]
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Hysteresis { get; init; } = 0.1;

    [Description("Discriminator updates in a step in which it is D's turn; also the most.")]
    [Range(1, 100)]
    public int Discriminator { get; init; } = 1;

    [Description("Generator updates in a step in which it is G's turn; also the most.")]
    [Range(1, 100)]
    public int Generator { get; init; } = 1;

    [Description("Steps between two readings of the losses; a reading waits for the device.")]
    [Range(1, 10000)]
    public int EverySteps { get; init; } = 1;

    [Description("Steps in a row that a player may be left out; then it gets its updates beside the other.")]
    [Range(0, 10000)]
    public int StarveSteps { get; init; } = 50;

    public override IBalanceRule CreateRule() => new LossChangeRule(this);
}
