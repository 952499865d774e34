using System.Text;
using System.Text.Json;
using DistGan.Recipes.Binding;

namespace DistGan.Recipes;

/// <summary>Reads recipes from YAML or JSON; what is not valid is refused with every error at once.</summary>
public static class RecipeReader
{
    private const int MaximumBytes = 1 << 20;

    /// <summary>A complete recipe from what <paramref name="text"/> says and the defaults for the rest; an empty text is valid.</summary>
    /// <param name="text">YAML, or JSON: what is an object of JSON is read as such.</param>
    /// <param name="source">Where the text came from, for messages; a name that ends in .json makes it JSON.</param>
    /// <exception cref="InvalidRecipeException">The text or the recipe is not valid.</exception>
    public static Recipe Parse(string text, string? source = null)
    {
        var log = new BindingLog();
        return Complete(IsJson(text, source) ? JsonText.Read(Encoding.UTF8.GetBytes(text), log) : YamlText.Read(text, log), new Recipe(), log, source);
    }

    /// <summary>Reads a recipe file in UTF-8.</summary>
    /// <exception cref="DistGanException">The file cannot be read; the inner exception says why.</exception>
    /// <exception cref="InvalidRecipeException">The recipe is not valid.</exception>
    public static Recipe ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaximumBytes } file)
            {
                throw new DistGanException($"The recipe {path} has {file.Length} bytes, but a recipe has at most {MaximumBytes}; check the file name.");
            }

            var bytes = File.ReadAllBytes(path);
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
            return Parse(text.TrimStart('\uFEFF'), path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DistGanException($"There is no recipe file {path}; check the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DistGanException($"The recipe file {path} cannot be read: {e.Message}", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new DistGanException($"The recipe file {path} is no UTF-8 text at byte {e.Index}; save it as UTF-8.", e);
        }
    }

    /// <summary>
    /// Lays <c>key=value</c> assignments over a recipe, in order: the key is dotted, the value inline YAML. A mapping changes
    /// the keys that it names; true or {} turns a part on with its defaults, false or null turns it off, a name of a kind
    /// takes that kind with its defaults, and an option of a part that is off turns it on.
    /// </summary>
    /// <exception cref="InvalidRecipeException">An assignment, or the recipe that they make together, is not valid.</exception>
    public static Recipe Apply(Recipe recipe, IEnumerable<string> assignments)
    {
        var log = new BindingLog();
        foreach (var assignment in assignments)
        {
            if (AssignmentText.Read(assignment, log) is { } tree)
            {
                recipe = new RecipeBinder(log).Bind(tree, recipe);
            }
        }

        return Validated(recipe, log, null);
    }

    internal static Recipe Complete(RecipeNode? tree, Recipe defaults, BindingLog log, string? source)
    {
        switch (tree)
        {
            case MapNode map:
                return Validated(new RecipeBinder(log).Bind(WithoutSchema(map, log), defaults), log, source);
            case null or ScalarNode { IsNull: true }:
                return Validated(defaults, log, source);
            default:
                log.Refuse("recipe", tree.ToString(), "must be a mapping of keys to values, such as batch: 64", tree.Line);
                return Validated(defaults, log, source);
        }
    }

    /// <summary>YAML is nearly a superset of JSON, but not where tabs indent and surrogates are escaped.</summary>
    private static bool IsJson(string text, string? source)
    {
        if (source is not null && source.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return !string.IsNullOrWhiteSpace(text);
        }

        if (!text.AsSpan().TrimStart().StartsWith("{"))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Recipe Validated(Recipe recipe, BindingLog log, string? source)
    {
        log.Add(RecipeValidator.Find(recipe, null));
        return log.Errors.Count == 0 ? recipe : throw new InvalidRecipeException(log.Sorted(), source);
    }

    private static MapNode WithoutSchema(MapNode tree, BindingLog log)
    {
        tree = tree with { Entries = tree.Entries.Where(static entry => entry is not { Key: RecipeTree.EditorKey, Value: ScalarNode { IsNull: false } }).ToArray() };
        var schema = tree.Entries.FirstOrDefault(static entry => entry.Key == RecipeTree.SchemaKey);
        if (schema is null)
        {
            return tree;
        }

        var expected = Scalars.Write(Recipe.SchemaVersion);
        if (schema.Value is not ScalarNode { IsQuoted: false } version || version.Text != expected)
        {
            log.Refuse(schema.Key, schema.Value.ToString(), $"this version reads schema {expected} only; use the version that wrote the recipe", schema.Line);
        }

        return tree with { Entries = tree.Entries.Where(entry => entry != schema).ToArray() };
    }
}
