namespace DistGan.Recipes.Binding;

/// <summary>One key of a <see cref="MapNode"/>.</summary>
internal sealed record MapEntry(string Key, RecipeNode Value, int Line = 0);
