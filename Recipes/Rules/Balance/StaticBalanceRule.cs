namespace DistGan.Recipes;

/// <summary>The same updates in every step; reads nothing and has no state.</summary>
public sealed class StaticBalanceRule(StaticBalanceRecipe recipe) : IBalanceRule
{
    public BalanceBounds Bounds { get; set; } = new(recipe.Discriminator, recipe.Generator, 0);

    public BalanceTurn Whole { get; } = new(recipe.Discriminator, recipe.Generator);

    public int? EverySteps => null;

    public double Signal => double.NaN;

    public double Target => double.NaN;

    public BalanceTurn Next() => Bounds.Clamp(Whole);

    public void Observe(BalanceReading reading)
    {
    }

    public void Follow(IReadOnlyList<double> state) => Restore(state);

    public IReadOnlyList<double> Capture() => [];

    public void Restore(IReadOnlyList<double> state)
    {
    }
}
