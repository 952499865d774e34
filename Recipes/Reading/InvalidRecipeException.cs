namespace DistGan.Recipes;

/// <summary>A recipe that was refused, with every error in it.</summary>
/// <param name="errors">All errors; those with lines first, in the order of the text.</param>
/// <param name="origin">The file that the recipe was read from, if any.</param>
public sealed class InvalidRecipeException(IReadOnlyList<RecipeError> errors, string? origin = null)
    : DistGanException(string.Join(Environment.NewLine, errors.Select(error => origin is null ? $"{error}" : $"{origin}: {error}")))
{
    /// <summary>All errors; those with lines first, in the order of the text.</summary>
    public IReadOnlyList<RecipeError> Errors { get; } = errors;

    /// <summary>The file that the recipe was read from, or null.</summary>
    public string? Origin { get; } = origin;
}
