namespace DistGan.Recipes;

/// <summary>
/// With the accuracy a = (a_real + a_fake) / 2 of D: G is left out from a ≤ T_G on until a &gt; T_G + h, and D from a ≥ T_D on until
/// a &lt; T_D − h. As T_G + h &lt; T_D − h, never both.
/// </summary>
/// <remarks>
/// While D is left out, a_fake is that of the samples that G is updated with, and a_real stays as it was: D does not change, so that
/// only G can move the accuracy.
/// </remarks>
public sealed class AccuracyGateRule(AccuracyGateBalanceRecipe recipe) : IBalanceRule
{
    private readonly LeftOutSteps _leftOut = new();
    private double _real = double.NaN;
    private double _fake = double.NaN;
    private bool _discriminatorIsOut;
    private bool _generatorIsOut;

    public BalanceBounds Bounds { get; set; } = new(recipe.Discriminator, recipe.Generator, recipe.StarveSteps);

    public BalanceTurn Whole { get; } = new(recipe.Discriminator, recipe.Generator);

    public int? EverySteps => recipe.EverySteps;

    /// <summary>a.</summary>
    public double Signal => (_real + _fake) / 2;

    /// <summary>The accuracy next to a at which neither player is left out.</summary>
    public double Target => Math.Clamp(Signal, recipe.GeneratorThreshold, recipe.DiscriminatorThreshold);

    public BalanceTurn Next()
        => _leftOut.Apply(new(_discriminatorIsOut ? 0 : Whole.Discriminator, _generatorIsOut ? 0 : Whole.Generator), Whole, Bounds);

    public void Observe(BalanceReading reading)
    {
        _real = reading.RealAccuracy ?? _real;
        _fake = reading.FakeAccuracy ?? _fake;
        if (double.IsFinite(Signal))
        {
            _generatorIsOut = Signal <= recipe.GeneratorThreshold + (_generatorIsOut ? recipe.Hysteresis : 0);
            _discriminatorIsOut = Signal >= recipe.DiscriminatorThreshold - (_discriminatorIsOut ? recipe.Hysteresis : 0);
        }
    }

    public void Follow(IReadOnlyList<double> state)
    {
        var own = _leftOut.Counts;
        Restore(state);
        _leftOut.Counts = own;
    }

    public IReadOnlyList<double> Capture()
        => [_real, _fake, _discriminatorIsOut ? 1 : 0, _generatorIsOut ? 1 : 0, _leftOut.Counts.Discriminator, _leftOut.Counts.Generator];

    public void Restore(IReadOnlyList<double> state)
    {
        (_real, _fake, _discriminatorIsOut, _generatorIsOut) = (state[0], state[1], state[2] > 0, state[3] > 0);
        _leftOut.Counts = (state[4], state[5]);
    }
}
