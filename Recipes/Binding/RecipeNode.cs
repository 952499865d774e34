namespace DistGan.Recipes.Binding;

/// <summary>A recipe between text and records: what YAML and JSON have in common.</summary>
/// <param name="Line">Line in the text, counted from 1; 0 where there is none.</param>
internal abstract record RecipeNode(int Line);
