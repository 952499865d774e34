using DistGan.Recipes;

namespace DistGan.Client.Commands;

/// <summary>Recipe keys as text for a person.</summary>
internal static class KeyText
{
    private const int MostRelated = 8;

    /// <summary>The top-level keys: those with parts below them, then the single ones.</summary>
    public static void WriteSections(TextWriter writer)
    {
        var top = RecipeKeys.All.Where(static key => !key.Path.Contains('.', StringComparison.Ordinal)).ToList();
        var width = top.Max(static key => key.Path.Length) + 2;
        writer.WriteLine("Sections:");
        foreach (var key in top.Where(IsSection))
        {
            writer.WriteLine($"  {key.Path.PadRight(width)}{key.Description}");
        }

        writer.WriteLine();
        writer.WriteLine("Keys of the job itself:");
        foreach (var key in top.Where(static key => !IsSection(key)))
        {
            writer.WriteLine($"  {key.Path.PadRight(width)}{key.Description} Default: {key.Default}.");
        }

        writer.WriteLine();
        writer.WriteLine("'distgan explain generator' shows a section, 'distgan explain batch' a key.");
    }

    /// <summary>The key at a path in full, and the keys below it in short.</summary>
    public static void Write(TextWriter writer, string path, IReadOnlyList<RecipeKey> keys)
    {
        foreach (var key in keys.Where(key => key.Path == path))
        {
            WriteFull(writer, key);
        }

        foreach (var key in keys.Where(key => key.Path != path))
        {
            writer.WriteLine();
            WriteHead(writer, key);
        }
    }

    private static void WriteFull(TextWriter writer, RecipeKey key)
    {
        WriteHead(writer, key);
        foreach (var kind in key.Kinds)
        {
            var options = kind.Options.Count == 0 ? "" : $" Options: {string.Join(", ", kind.Options)}.";
            writer.WriteLine($"    kind {kind.Name}: {kind.Meaning}{options}");
        }

        writer.WriteLine($"    in a recipe: {KeyExample.Yaml(key)}");
        writer.WriteLine($"    on the command line: --set {Quoted(KeyExample.Assignment(key))}");
        var related = RecipeKeys.Beside(key);
        if (key.Path.Contains('.', StringComparison.Ordinal) && related.Count > 0)
        {
            writer.WriteLine($"    beside it: {string.Join(", ", related.Take(MostRelated))}{(related.Count > MostRelated ? ", …" : "")}");
        }
    }

    private static void WriteHead(TextWriter writer, RecipeKey key)
    {
        var kind = key.OfKind is null ? "" : $" ({key.OfKind})";
        writer.WriteLine($"{key.Path}{kind} = {key.Default}");
        writer.WriteLine($"    {key.Description}");
        writer.WriteLine($"    {key.Type}: {key.Allowed}");
    }

    private static bool IsSection(RecipeKey key) => key.Type is "mapping" or "kind";

    /// <summary>As a shell takes it.</summary>
    private static string Quoted(string assignment) => assignment.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '=' or '-' or '_') ? assignment : $"'{assignment}'";
}
