namespace DistGan.Recipes;

/// <summary>One row of the generator's input: which z of a seed, and what of its code is chosen instead of drawn.</summary>
/// <param name="Row">Number of the row that z, and whatever of the code is not chosen, is taken from, from 0.</param>
public sealed record LatentChoice(int Row)
{
    /// <summary>The label, or the category of InfoGAN; null is as it is drawn for the row.</summary>
    public int? Label { get; init; }

    /// <summary>All continuous codes; null is as they are drawn for the row.</summary>
    public IReadOnlyList<double>? Continuous { get; init; }
}
