namespace DistGan.Recipes.Binding;

/// <summary>A recipe as a tree: every key, in record order; what is off or not given is null.</summary>
internal static class RecipeTree
{
    /// <summary>The key of <see cref="Recipe.SchemaVersion"/>.</summary>
    public const string SchemaKey = "schema";

    /// <summary>The key by which editors find the JSON Schema of a JSON recipe; it says nothing to the program.</summary>
    public const string EditorKey = "$schema";

    public static MapNode Of(Recipe recipe)
        => new([new MapEntry(SchemaKey, Plain(Scalars.Write(Recipe.SchemaVersion))), .. Entries(recipe)]);

    private static IEnumerable<MapEntry> Entries(object part)
        => RecipePart.Of(part.GetType()).Members.Select(member => new MapEntry(member.Key, Value(member, member.Get(part))));

    private static RecipeNode Value(RecipeMember member, object? value) => (value, member.Form) switch
    {
        (null, _) => member.IsAuto ? Text(AutoAttribute.Word) : ScalarNode.Null,
        (_, MemberForm.Kinds) => new MapNode([KindOf(member, value), .. Entries(value)]),
        (_, MemberForm.Part) => new MapNode([.. Entries(value)]),
        (IEnumerable<string> texts, MemberForm.List) => new ListNode([.. texts.Select(Text)]),
        (string text, _) => Text(text),
        _ => Plain(Scalars.Write(value)),
    };

    private static MapEntry KindOf(RecipeMember member, object part)
        => new(KindCatalog.Key, Text(KindCatalog.Of(member.Type).KindOf(part)));

    private static ScalarNode Text(string text) => new(text, IsQuoted: true);

    private static ScalarNode Plain(string text) => new(text, IsQuoted: false);
}
