namespace DistGan.Training.Techniques;

/// <summary>Where samples are shown to D, from which the random draws of <see cref="Technique.Present"/> follow.</summary>
/// <param name="Step">Number of the step, from 1.</param>
/// <param name="Update">
/// Update within the step: those of D from 0, those of G after them; negative for updates of D that are only imagined (unrolling).
/// </param>
/// <param name="Group">One of the names here: which samples, and in whose update.</param>
public readonly record struct Presentation(long Step, int Update, string Group)
{
    /// <summary>Real samples, in the updates of either player.</summary>
    public const string Real = "real";

    /// <summary>Fresh generated samples in an update of D.</summary>
    public const string Fake = "fake";

    /// <summary>Replayed samples in an update of D.</summary>
    public const string Replayed = "replayed";

    /// <summary>Generated samples in an update of G, in the graph of G.</summary>
    public const string Generator = "generator";
}
