using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Recipes;

namespace DistGan.Client.Commands;

/// <summary><c>explain KEY</c>: the documentation of one recipe key and of the keys below it.</summary>
public static class ExplainCommand
{
    private const string Schema = "distgan.keys/1";

    public static CommandEntry Create(CommandConsole console)
    {
        var key = new Argument<string?>("KEY") { Description = "A dotted recipe key; the sections without it.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("explain", "Documents a recipe key: what it means, its default, what is allowed, with an example.") { key, CommonOptions.Output };
        command.SetAction(parsed => Run(console, parsed.GetValue(key), parsed.GetValue(CommonOptions.Output)));
        return new(command,
        [
            new("distgan explain generator.optimizer.rate", "one key"),
            new("distgan explain objective", "a part with its kinds and everything in it"),
            new("distgan explain", "the sections of a recipe"),
            new("distgan explain -o json", "every key for a program"),
        ]);
    }

    private static int Run(CommandConsole console, string? path, OutputFormat format)
    {
        path = Part(path);
        var keys = Find(path);
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, new JsonObject { ["schema"] = Schema, ["keys"] = new JsonArray([.. keys.Select(Document)]) });
        }
        else if (path is null)
        {
            KeyText.WriteSections(console.Out);
        }
        else
        {
            KeyText.Write(console.Out, path, keys);
        }

        return ExitCodes.Done;
    }

    /// <summary>The kind of a part is explained with the part, which takes it as its value too.</summary>
    private static string? Part(string? path)
        => path is not null && path.EndsWith(".kind", StringComparison.Ordinal) && RecipeKeys.Below(path).Count == 0 && RecipeKeys.Below(path[..^".kind".Length]).Count > 0 ? path[..^".kind".Length] : path;

    private static IReadOnlyList<RecipeKey> Find(string? path)
    {
        if (path is null)
        {
            return RecipeKeys.All;
        }

        var found = RecipeKeys.Below(path);
        if (found.Count > 0)
        {
            return found;
        }

        var paths = RecipeKeys.All.Select(static key => key.Path).Distinct().ToList();
        var sameEnd = paths.Where(known => known.EndsWith("." + path, StringComparison.Ordinal)).ToList();
        var hint = sameEnd.Count > 0 ? $"did you mean {string.Join(" or ", sameEnd)}?"
            : NearestName.Of(path, paths) is { } nearest ? $"did you mean {nearest}?"
            : "'distgan explain' lists the sections.";
        throw new CommandException(ExitCodes.Usage, $"There is no recipe key '{path}'; {hint}");
    }

    private static JsonNode Document(RecipeKey key) => new JsonObject
    {
        ["key"] = key.Path,
        ["kind"] = key.OfKind,
        ["type"] = key.Type,
        ["default"] = key.Default,
        ["allowed"] = key.Allowed,
        ["description"] = key.Description,
        ["unit"] = key.Unit,
        ["minimum"] = key.Minimum,
        ["maximum"] = key.Maximum,
        ["names"] = Texts(key.Names),
        ["kinds"] = new JsonArray([.. key.Kinds.Select(static kind => (JsonNode)new JsonObject
        {
            ["name"] = kind.Name,
            ["meaning"] = kind.Meaning.Length == 0 ? null : kind.Meaning,
            ["options"] = Texts(kind.Options),
        })]),
        ["related"] = Texts(RecipeKeys.Beside(key)),
        ["example"] = KeyExample.Yaml(key),
        ["set"] = KeyExample.Assignment(key),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(static text => (JsonNode)text)]);
}
