namespace DistGan.Recipes;

/// <summary>Updates of both players in one step.</summary>
/// <param name="Discriminator">n_D, at least 0.</param>
/// <param name="Generator">n_G, at least 0.</param>
public readonly record struct BalanceTurn(int Discriminator, int Generator);
