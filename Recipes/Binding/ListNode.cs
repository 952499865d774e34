namespace DistGan.Recipes.Binding;

/// <summary>Values in order.</summary>
internal sealed record ListNode(IReadOnlyList<RecipeNode> Items, int Line = 0) : RecipeNode(Line)
{
    public override string ToString() => $"[{string.Join(", ", Items)}]";
}
