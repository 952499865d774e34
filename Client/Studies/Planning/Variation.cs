namespace DistGan.Client.Studies.Planning;

/// <summary>A key of the recipe and the values that a study gives it.</summary>
public sealed record Variation
{
    /// <summary>Dotted.</summary>
    public required string Key { get; init; }

    /// <summary>The values to choose from, as inline YAML; empty where there is a range.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The range to draw from; null where there are values.</summary>
    public SearchRange? Range { get; init; }
}
