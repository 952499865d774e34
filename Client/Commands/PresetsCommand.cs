using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Runs;
using DistGan.Recipes;

namespace DistGan.Client.Commands;

/// <summary><c>presets [show NAME]</c>: recipes that come with the program.</summary>
public static class PresetsCommand
{
    private const string Schema = "distgan.presets/1";

    public static CommandEntry Create(CommandConsole console)
    {
        var command = new Command("presets", "Lists the recipes that come with the program.") { CommonOptions.Output };
        command.SetAction(parsed => List(console, parsed.GetValue(CommonOptions.Output)));
        command.Subcommands.Add(CreateShow(console));
        command.Subcommands.Add(CreateSchema(console));
        return new(command,
        [
            new("distgan presets", "names and what they learn"),
            new("distgan presets show ring > my.yaml", "a complete recipe to start from"),
            new("distgan presets schema > recipe.schema.json", "beside my.yaml: an editor completes and checks its keys"),
            new($"distgan presets schema > {RecipeSchema.FileName}", "beside my.yaml: editors complete and check its keys"),
        ]);
    }

    private static Command CreateShow(CommandConsole console)
    {
        var name = new Argument<string>("NAME") { Description = "A preset." };
        var show = new Command("show", "Prints a preset as a complete recipe.") { name, CommonOptions.Output };
        show.SetAction(parsed => Show(console, parsed.GetRequiredValue(name), parsed.GetValue(CommonOptions.Output)));
        return show;
    }

    private static Command CreateSchema(CommandConsole console)
    {
        var schema = new Command("schema", "Prints the JSON Schema of recipes, for editors; a shown preset looks for it beside itself.");
        schema.SetAction(_ =>
        {
            console.Out.Write(RecipeSchema.ToJson());
            return ExitCodes.Done;
        });
        return schema;
    }

    private static int List(CommandConsole console, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, new JsonObject
            {
                ["schema"] = Schema,
                ["presets"] = new JsonArray([.. Presets.List.Select(static preset => (JsonNode)new JsonObject
                {
                    ["name"] = preset.Name,
                    ["description"] = preset.Description,
                    ["is_default"] = preset.Name == Presets.Default,
                })]),
            });
            return ExitCodes.Done;
        }

        var width = Presets.List.Max(static preset => preset.Name.Length) + 2;
        foreach (var preset in Presets.List)
        {
            console.Out.WriteLine($"{preset.Name.PadRight(width)}{preset.Description}");
        }

        return ExitCodes.Done;
    }

    private static int Show(CommandConsole console, string name, OutputFormat format)
    {
        var recipe = RecipeSource.ReadPreset(name);
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, RecipeDocument.Of(recipe));
        }
        else
        {
            console.Out.WriteLine(RecipeSchema.EditorLine);
            console.Out.Write(RecipeWriter.ToYaml(recipe));
        }

        return ExitCodes.Done;
    }
}
