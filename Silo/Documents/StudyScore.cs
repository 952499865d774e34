namespace DistGan.Silo.Documents;

/// <summary>The best configuration of a study by its first score.</summary>
public sealed record StudyScore
{
    public required string Configuration { get; init; }

    /// <summary>Name of the score.</summary>
    public required string Score { get; init; }

    /// <summary>Mean of its value at the end, over seeds.</summary>
    public required double? Mean { get; init; }

    /// <summary>Null with fewer than two seeds.</summary>
    public required double? StandardDeviation { get; init; }
}
