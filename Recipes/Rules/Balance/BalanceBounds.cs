namespace DistGan.Recipes;

/// <summary>What a balance keeps to whatever it reads; may be replaced between two steps.</summary>
/// <param name="MostDiscriminator">Most updates of D in a step; counts as 1 where it is less.</param>
/// <param name="MostGenerator">Most updates of G in a step; counts as 1 where it is less.</param>
/// <param name="StarveSteps">Most steps in a row without an update of a player.</param>
public sealed record BalanceBounds(int MostDiscriminator, int MostGenerator, int StarveSteps)
{
    /// <summary>The turn with no more updates than these bounds allow.</summary>
    public BalanceTurn Clamp(BalanceTurn turn)
        => new(Math.Clamp(turn.Discriminator, 0, Math.Max(1, MostDiscriminator)), Math.Clamp(turn.Generator, 0, Math.Max(1, MostGenerator)));
}
