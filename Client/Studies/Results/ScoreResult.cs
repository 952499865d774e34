namespace DistGan.Client.Studies.Results;

/// <summary>One score of a configuration over its seeds.</summary>
public sealed record ScoreResult
{
    public required string Name { get; init; }

    /// <summary>The value of each completed run at its end, by seed.</summary>
    public required IReadOnlyDictionary<long, double> FinalValues { get; init; }

    /// <summary>The best value that each completed run had, by seed.</summary>
    public required IReadOnlyDictionary<long, double> BestValues { get; init; }

    public Moments Final => Moments.Of([.. FinalValues.Values]);

    public Moments Best => Moments.Of([.. BestValues.Values]);

    /// <summary>Of the final values against the baseline; null for the baseline itself, and where there is none.</summary>
    public Effect? FinalEffect { get; init; }

    /// <summary>Of the best values.</summary>
    public Effect? BestEffect { get; init; }
}
