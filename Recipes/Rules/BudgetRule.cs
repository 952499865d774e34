namespace DistGan.Recipes;

/// <summary>When a replica is done: at the first bound of its budget that it reaches.</summary>
public sealed class BudgetRule(BudgetRecipe budget)
{
    /// <summary>Whether a replica that has made this much is done.</summary>
    /// <param name="step">Steps of the replica.</param>
    /// <param name="images">Real images shown to its D.</param>
    /// <param name="minutes">Minutes that it has trained.</param>
    public bool IsDone(long step, long images, double minutes)
        => step >= budget.Steps || images >= budget.Images || minutes >= budget.Minutes;

    /// <summary>How much of the budget is used, in [0, 1]: the largest share of any bound.</summary>
    public double Progress(long step, long images, double minutes)
    {
        var share = Math.Max(Share(step, budget.Steps), Math.Max(Share(images, budget.Images), Share(minutes, budget.Minutes)));
        return Math.Clamp(share, 0, 1);
    }

    /// <summary>The last step where it is known before training: min(steps, ⌈images / imagesPerStep⌉), or null where only time bounds it.</summary>
    /// <param name="imagesPerStep">Real images shown to D in a step: batch · n_D, at least 1.</param>
    public long? LastStep(long imagesPerStep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(imagesPerStep, 1);
        var byImages = budget.Images is { } images ? ((images - 1) / imagesPerStep) + 1 : (long?)null;
        return budget.Steps is { } steps ? Math.Min(steps, byImages ?? steps) : byImages;
    }

    private static double Share(double done, double? bound) => bound is { } most ? done / most : 0;
}
