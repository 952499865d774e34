namespace DistGan.Recipes;

/// <summary>A recipe that was refused, with every error in it.</summary>
public sealed class InvalidRecipeException(IReadOnlyList<RecipeError> errors)
    : DistGanException(string.Join(Environment.NewLine, errors))
{
    /// <summary>All errors, in the order of the recipe's keys.</summary>
    public IReadOnlyList<RecipeError> Errors { get; } = errors;
}
