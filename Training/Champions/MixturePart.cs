namespace DistGan.Training.Champions;

/// <summary>What one champion gave to a mixture.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Count">Samples in the mixture.</param>
/// <param name="Drawn">Samples that were drawn for them.</param>
/// <param name="Accepted">Those among the drawn that belong to the mode; at least <paramref name="Count"/>.</param>
public sealed record MixturePart(int Mode, int Count, long Drawn, long Accepted)
{
    /// <summary>Accepted share; null where nothing was drawn.</summary>
    public double? Acceptance => Drawn == 0 ? null : (double)Accepted / Drawn;
}
