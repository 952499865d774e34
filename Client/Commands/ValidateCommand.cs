using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Data;
using DistGan.Client.Runs;
using DistGan.Recipes;

namespace DistGan.Client.Commands;

/// <summary><c>validate RECIPE</c>: checks a recipe and its data without training.</summary>
public static class ValidateCommand
{
    private const string Schema = "distgan.validation/1";

    public static CommandEntry Create(CommandConsole console)
    {
        var file = new Argument<string>("RECIPE") { Description = "A recipe file." };
        var command = new Command("validate", "Checks a recipe and the data that it names, without training.")
        {
            file, CommonOptions.Set, CommonOptions.Output,
        };
        command.SetAction(parsed => Run(
            console, parsed.GetRequiredValue(file), parsed.GetValue(CommonOptions.Set) ?? [], parsed.GetValue(CommonOptions.Output)));
        return new(command,
        [
            new("distgan validate my.yaml", "every error at once, with line, value and what is allowed; exit code 2"),
            new("distgan validate my.yaml --set batch=128", "the recipe with a change"),
        ]);
    }

    private static int Run(CommandConsole console, string file, string[] overrides, OutputFormat format)
    {
        IReadOnlyList<RecipeError> errors = [];
        IReadOnlyList<RecipeError> warnings = [];
        InvalidRecipeException? invalid = null;
        try
        {
            var recipe = RecipeSource.Build(file, null, overrides);
            DataCheck.ThrowIfUnfit(recipe, new DataNotices(console).Opening());
            warnings = RecipeValidator.Warnings(recipe);
        }
        catch (InvalidRecipeException exception)
        {
            invalid = exception;
            errors = exception.Errors;
        }

        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, Document(errors, warnings));
            return errors.Count == 0 ? ExitCodes.Done : ExitCodes.Usage;
        }

        if (invalid is not null)
        {
            throw invalid;
        }

        foreach (var warning in warnings)
        {
            console.Out.WriteLine($"warning: {warning}");
        }

        console.Out.WriteLine($"{file} is valid.");
        return ExitCodes.Done;
    }

    private static JsonObject Document(IReadOnlyList<RecipeError> errors, IReadOnlyList<RecipeError> warnings) => new()
    {
        ["schema"] = Schema,
        ["valid"] = errors.Count == 0,
        ["errors"] = Findings(errors),
        ["warnings"] = Findings(warnings),
    };

    private static JsonArray Findings(IReadOnlyList<RecipeError> findings) => new([.. findings.Select(static finding => (JsonNode)new JsonObject
    {
        ["key"] = finding.Key,
        ["value"] = finding.Value,
        ["message"] = finding.Message,
        ["line"] = finding.Line == 0 ? null : finding.Line,
    })]);
}
