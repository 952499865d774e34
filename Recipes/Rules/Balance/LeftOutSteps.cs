namespace DistGan.Recipes;

/// <summary>Counts the steps in a row that each player was left out, and gives it its updates when the bounds say so.</summary>
internal sealed class LeftOutSteps
{
    /// <summary>Steps in a row without an update of D, and of G.</summary>
    public (double Discriminator, double Generator) Counts { get; set; }

    /// <summary>The turn within the bounds, with the updates of a player whose time has come.</summary>
    public BalanceTurn Apply(BalanceTurn turn, BalanceTurn whole, BalanceBounds bounds)
    {
        var (wanted, most) = (bounds.Clamp(turn), bounds.Clamp(whole));
        var given = new BalanceTurn(
            wanted.Discriminator == 0 && Counts.Discriminator >= bounds.StarveSteps ? most.Discriminator : wanted.Discriminator,
            wanted.Generator == 0 && Counts.Generator >= bounds.StarveSteps ? most.Generator : wanted.Generator);
        Counts = (given.Discriminator > 0 ? 0 : Counts.Discriminator + 1, given.Generator > 0 ? 0 : Counts.Generator + 1);
        return given;
    }
}
