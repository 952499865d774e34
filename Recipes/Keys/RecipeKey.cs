namespace DistGan.Recipes;

/// <summary>The documentation of one key of the recipe.</summary>
public sealed record RecipeKey
{
    /// <summary>Dotted path, such as <c>generator.optimizer.rate</c>.</summary>
    public required string Path { get; init; }

    /// <summary>integer, number, boolean, text, list, mapping or kind.</summary>
    public required string Type { get; init; }

    /// <summary>The default as it is written in a recipe; of an option of a part that is off, the value it has when it is turned on.</summary>
    public required string Default { get; init; }

    /// <summary>What is allowed, as a person says it.</summary>
    public required string Allowed { get; init; }

    /// <summary>What the key means.</summary>
    public required string Description { get; init; }

    /// <summary>steps, bytes, seconds, minutes, images, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>The kind that has this option, or null where every kind or no kind has it.</summary>
    public string? OfKind { get; init; }

    /// <summary>The names that are allowed; empty where any value in the bounds is.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The kinds of a part that is one of several; empty elsewhere.</summary>
    public IReadOnlyList<RecipeKind> Kinds { get; init; } = [];

    /// <summary>Whether null is allowed: off, auto or not given.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Smallest number, or null.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest number, or null.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether the smallest number itself is refused.</summary>
    public bool MinimumIsExclusive { get; init; }

    /// <summary>Whether the largest number itself is refused.</summary>
    public bool MaximumIsExclusive { get; init; }

    /// <summary>The regular expression of a text, or null.</summary>
    public string? Pattern { get; init; }
}
