using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Moves n_D : n_G, or the ratio of both learning rates, so that the sign of D's scores on real images stays near a target, with the signal of ADA (Karras et al. 2020, section 3, r_t).</summary>
[Description("The ratio of updates, or of learning rates, moves so that r_t, the mean sign of D's scores on real images, stays near a target.")]
public sealed record SignControlBalanceRecipe : BalanceRecipe
{
    /// <summary>The number of updates moves.</summary>
    public const string OfUpdates = "updates";

    /// <summary>The learning rates move.</summary>
    public const string OfRates = "rates";

    public override string Kind => "sign-control";

    public override bool NeedsAccuracies => true;

    public override BalanceTurn Usual => new(1, 1);

    [Description("Where r_t is held: 2 * accuracy on real images - 1, so 0.6 is an accuracy of 0.8.")]
    [Range(-1, 1)]
    public double Target { get; init; } = 0.6;

    [Description("How far r_t may be from the target before the ratio moves.")]
    [Range(0, 1)]
    public double Hysteresis { get; init; } = 0.1;

    [Description("updates: n_D : n_G moves. rates: both have one update in a step, and the rate of the player that is ahead is divided instead.")]
    [AllowedValues(OfUpdates, OfRates)]
    public string Moves { get; init; } = OfUpdates;

    [Description("Most discriminator updates in a step, beside one of G; with moves: rates, what G's rate is divided by at most.")]
    [Range(1, 100)]
    public int MostDiscriminator { get; init; } = 4;

    [Description("Most generator updates in a step, beside one of D; with moves: rates, what D's rate is divided by at most.")]
    [Range(1, 100)]
    public int MostGenerator { get; init; } = 4;

    [Description("Steps between two readings, each of which moves the ratio by one at most; a reading waits for the device.")]
    [Range(1, 10000)]
    public int EverySteps { get; init; } = 10;

    public override IBalanceRule CreateRule() => new SignControlRule(this);
}
