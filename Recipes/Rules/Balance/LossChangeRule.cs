namespace DistGan.Recipes;

/// <summary>
/// With r = |(L_c − L_p) / L_p| of the newest loss L_c and the one before it L_p of a player: D's turn if r_D &gt; λ·r_G, else G's
/// (Ouyang and Agam 2020, arXiv 2008.12463, algorithm 1). The turn passes only when the comparison is clear by the share h:
/// to D at r_D &gt; (1 + h)·λ·r_G, to G at r_D &lt; (1 − h)·λ·r_G.
/// </summary>
/// <remarks>
/// A player has no new loss while it is left out, so that its r stays as it was; the paper evaluates both losses in each iteration.
/// Until both players have two losses, both are updated. |L_p| counts as at least 1e-12.
/// </remarks>
public sealed class LossChangeRule(LossChangeBalanceRecipe recipe) : IBalanceRule
{
    private const double LeastLoss = 1e-12;
    private const double Both = 0;
    private const double OfDiscriminator = 1;
    private const double OfGenerator = 2;

    private readonly LeftOutSteps _leftOut = new();
    private (double Previous, double Current) _discriminator = (double.NaN, double.NaN);
    private (double Previous, double Current) _generator = (double.NaN, double.NaN);
    private double _turn = Both;

    public BalanceBounds Bounds { get; set; } = new(recipe.Discriminator, recipe.Generator, recipe.StarveSteps);

    public BalanceTurn Whole { get; } = new(recipe.Discriminator, recipe.Generator);

    public int? EverySteps => recipe.EverySteps;

    /// <summary>r_D / r_G.</summary>
    public double Signal => Rate(_discriminator) / Rate(_generator);

    /// <summary>λ.</summary>
    public double Target => recipe.Lambda;

    public BalanceTurn Next()
    {
        var turn = new BalanceTurn(_turn == OfGenerator ? 0 : Whole.Discriminator, _turn == OfDiscriminator ? 0 : Whole.Generator);
        return _leftOut.Apply(turn, Whole, Bounds);
    }

    public void Observe(BalanceReading reading)
    {
        _discriminator = Follow(_discriminator, reading.DiscriminatorLoss);
        _generator = Follow(_generator, reading.GeneratorLoss);
        var (ofDiscriminator, ofGenerator) = (Rate(_discriminator), recipe.Lambda * Rate(_generator));
        if (double.IsNaN(ofDiscriminator) || double.IsNaN(ofGenerator))
        {
            return;
        }

        var slack = _turn == Both ? 0 : recipe.Hysteresis;
        if (ofDiscriminator > ofGenerator * (1 + slack))
        {
            _turn = OfDiscriminator;
        }
        else if (_turn == Both || ofDiscriminator < ofGenerator * (1 - slack))
        {
            _turn = OfGenerator;
        }
    }

    public void Follow(IReadOnlyList<double> state)
    {
        var own = _leftOut.Counts;
        Restore(state);
        _leftOut.Counts = own;
    }

    public IReadOnlyList<double> Capture()
        => [_discriminator.Previous, _discriminator.Current, _generator.Previous, _generator.Current, _turn, _leftOut.Counts.Discriminator, _leftOut.Counts.Generator];

    public void Restore(IReadOnlyList<double> state)
    {
        (_discriminator, _generator, _turn) = ((state[0], state[1]), (state[2], state[3]), state[4]);
        _leftOut.Counts = (state[5], state[6]);
    }

    private static (double Previous, double Current) Follow((double Previous, double Current) losses, double? next)
        => next is { } loss && double.IsFinite(loss) ? (losses.Current, loss) : losses;

    private static double Rate((double Previous, double Current) losses)
        => Math.Abs(losses.Current - losses.Previous) / Math.Max(LeastLoss, Math.Abs(losses.Previous));
}
