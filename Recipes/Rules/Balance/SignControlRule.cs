namespace DistGan.Recipes;

/// <summary>
/// With r_t = E[sign(D(x_real) − boundary)] = 2·a_real − 1 (Karras et al. 2020, "Training Generative Adversarial Networks with
/// Limited Data", section 3): a reading above target + h takes one update from D's side of the ratio, one below target − h gives one
/// to it. The ratio goes through … 1:3, 1:2, 1:1, 2:1, 3:1 … between its bounds, so that each player has an update in every step.
/// With <see cref="SignControlBalanceRecipe.OfRates"/> the updates stay 1:1 and the learning rates have that ratio: that of the player that is ahead is divided, none is ever raised.
/// </summary>
/// <remarks>A score on the boundary counts as negative.</remarks>
public sealed class SignControlRule(SignControlBalanceRecipe recipe) : IBalanceRule
{
    /// <summary>Extra updates: of D where it is positive, of G where it is negative.</summary>
    private int _level;

    private bool MovesRates => recipe.Moves == SignControlBalanceRecipe.OfRates;

    public BalanceBounds Bounds { get; set; } = new(recipe.MostDiscriminator, recipe.MostGenerator, 0);

    /// <summary>Nothing is ever left out of this ratio.</summary>
    public BalanceTurn Whole => MovesRates ? Turn(0) : Turn(_level);

    public int? EverySteps => recipe.EverySteps;

    /// <summary>r_t.</summary>
    public double Signal { get; private set; } = double.NaN;

    public double Target => recipe.Target;

    public BalanceRates Rates => MovesRates ? new(1.0 / Turn(_level).Generator, 1.0 / Turn(_level).Discriminator) : BalanceRates.Whole;

    public BalanceTurn Next() => Bounds.Clamp(Whole);

    public void Observe(BalanceReading reading)
    {
        if (reading.RealAccuracy is not { } accuracy || !double.IsFinite(accuracy))
        {
            return;
        }

        Signal = (2 * accuracy) - 1;
        var move = Signal > recipe.Target + recipe.Hysteresis ? -1 : Signal < recipe.Target - recipe.Hysteresis ? 1 : 0;
        _level = Math.Clamp(_level + move, 1 - Math.Max(1, Bounds.MostGenerator), Math.Max(1, Bounds.MostDiscriminator) - 1);
    }

    public void Follow(IReadOnlyList<double> state) => Restore(state);

    public IReadOnlyList<double> Capture() => [_level, Signal];

    public void Restore(IReadOnlyList<double> state) => (_level, Signal) = ((int)state[0], state[1]);

    private static BalanceTurn Turn(int level) => new(1 + Math.Max(0, level), 1 + Math.Max(0, -level));
}
