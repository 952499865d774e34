using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Leaves out G while D is too weak to teach it, and D while it is too strong.</summary>
[Description("G is updated only while the accuracy of D is above one threshold, D only while it is below another.")]
public sealed record AccuracyGateBalanceRecipe : BalanceRecipe
{
    public override string Kind => "accuracy-gate";

    public override bool NeedsAccuracies => true;

    public override BalanceTurn Usual => new(Discriminator, Generator);

    [Description("G is left out while the accuracy of D, the mean of that on real and on fresh generated images, is not above this.")]
    [Range(0, 1)]
    public double GeneratorThreshold { get; init; } = 0.6;

    [Description("D is left out while its accuracy is not below this.")]
    [Range(0, 1)]
    public double DiscriminatorThreshold { get; init; } = 0.95;

    [Description("How far the accuracy must come back inside a threshold before the player is updated again.")]
    [Range(0, 0.5)]
    public double Hysteresis { get; init; } = 0.02;

    [Description("Discriminator updates in a step, unless D is left out; also the most.")]
    [Range(1, 100)]
    public int Discriminator { get; init; } = 1;

    [Description("Generator updates in a step, unless G is left out; also the most.")]
    [Range(1, 100)]
    public int Generator { get; init; } = 1;

    [Description("Steps between two readings of the accuracies; a reading waits for the device.")]
    [Range(1, 10000)]
    public int EverySteps { get; init; } = 10;

    [Description("Steps in a row that a player may be left out; then it gets its updates all the same.")]
    [Range(0, 10000)]
    public int StarveSteps { get; init; } = 50;

    public override IBalanceRule CreateRule() => new AccuracyGateRule(this);
}
