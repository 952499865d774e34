namespace DistGan.Recipes;

/// <summary>What a balance does to the learning rates of both players in one step.</summary>
/// <param name="Discriminator">Factor of D's rate, above 0 and at most 1.</param>
/// <param name="Generator">Factor of G's rate, above 0 and at most 1.</param>
public readonly record struct BalanceRates(double Discriminator, double Generator)
{
    /// <summary>The recipe's own rates.</summary>
    public static BalanceRates Whole { get; } = new(1, 1);
}
