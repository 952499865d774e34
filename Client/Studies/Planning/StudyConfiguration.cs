namespace DistGan.Client.Studies.Planning;

/// <summary>One of the recipes that a study compares.</summary>
public sealed record StudyConfiguration
{
    /// <summary>Lower-case letters, digits and hyphens; unique in its study.</summary>
    public required string Name { get; init; }

    /// <summary>What it changes in the recipe of the study, as <c>--set</c> takes it.</summary>
    public required IReadOnlyList<string> Overrides { get; init; }

    /// <summary>One run a seed.</summary>
    public IReadOnlyList<StudyRun> Runs { get; init; } = [];
}
