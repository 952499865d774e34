using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Data;
using DistGan.Client.Estimates;
using DistGan.Client.Runs;
using DistGan.Recipes;

namespace DistGan.Client.Commands;

/// <summary><c>validate [RECIPE]</c>: checks a recipe file or a preset, and its data, without training.</summary>
public static class ValidateCommand
{
    private const string Schema = "distgan.validation/1";

    public static CommandEntry Create(CommandConsole console)
    {
        var file = new Argument<string?>("RECIPE") { Description = "A recipe file.", Arity = ArgumentArity.ZeroOrOne };
        var preset = new Option<string?>("--preset") { Description = "A recipe that comes with the program, instead of a file.", HelpName = "NAME" };
        var command = new Command("validate", "Checks a recipe and the data that it names, without training.")
        {
            file, preset, CommonOptions.Set, CommonOptions.Output,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(file) is null && result.GetValue(preset) is null)
            {
                result.AddError("Which recipe? Give a file, or a preset with --preset NAME.");
            }
        });
        command.SetAction(parsed => Run(
            console, parsed.GetValue(file), parsed.GetValue(preset), parsed.GetValue(CommonOptions.Set) ?? [], parsed.GetValue(CommonOptions.Output)));
        return new(command,
        [
            new("distgan validate my.yaml", "every error at once, with line, value and what is allowed; exit code 2"),
            new("distgan validate my.yaml --set batch=128", "the recipe with a change"),
            new("distgan validate --preset ring --set batch=128", "a preset with a change"),
        ]);
    }

    private static int Run(CommandConsole console, string? file, string? preset, string[] overrides, OutputFormat format)
    {
        IReadOnlyList<RecipeError> errors = [];
        IReadOnlyList<RecipeError> warnings = [];
        InvalidRecipeException? invalid = null;
        JobEstimate? estimate = null;
        try
        {
            var recipe = RecipeSource.Build(file, preset, overrides);
            var facts = DataCheck.ThrowIfUnfit(recipe, new DataNotices(console).Opening());
            warnings = RecipeValidator.Warnings(recipe);
            estimate = Estimate(console, recipe, facts);
        }
        catch (InvalidRecipeException exception)
        {
            invalid = exception;
            errors = exception.Errors;
        }

        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, Document(errors, warnings, estimate));
            return errors.Count == 0 ? ExitCodes.Done : ExitCodes.Usage;
        }

        if (invalid is not null)
        {
            throw invalid;
        }

        Write(console, file ?? $"The preset {preset}", warnings, estimate);
        return ExitCodes.Done;
    }

    private static void Write(CommandConsole console, string name, IReadOnlyList<RecipeError> warnings, JobEstimate? estimate)
    {
        foreach (var warning in warnings)
        {
            console.Out.WriteLine($"warning: {warning}");
        }

        console.Out.WriteLine($"{name} is valid.");
        if (estimate is not null)
        {
            console.Out.WriteLine($"{estimate} on this machine");
            MemoryWarning.Write(console, "cpu", estimate);
        }
    }

    /// <summary>A recipe is valid where libtorch is missing too; then nothing can be measured.</summary>
    private static JobEstimate? Estimate(CommandConsole console, Recipe recipe, DataFacts facts)
    {
        try
        {
            return JobEstimator.Estimate(RecipeFreezer.Freeze(recipe, "cpu"), facts, "cpu");
        }
        catch (DistGanException exception)
        {
            console.Error.WriteLine($"no estimate: {exception.Message}");
            return null;
        }
    }

    private static JsonObject Document(IReadOnlyList<RecipeError> errors, IReadOnlyList<RecipeError> warnings, JobEstimate? estimate) => new()
    {
        ["schema"] = Schema,
        ["valid"] = errors.Count == 0,
        ["errors"] = Findings(errors),
        ["warnings"] = Findings(warnings),
        ["estimate"] = estimate is null ? null : new JsonObject
        {
            ["seconds"] = Math.Round(estimate.Seconds),
            ["memory_bytes"] = Math.Round(estimate.MemoryBytes),
            ["disk_bytes"] = Math.Round(estimate.DiskBytes),
        },
    };

    private static JsonArray Findings(IReadOnlyList<RecipeError> findings) => new([.. findings.Select(static finding => (JsonNode)new JsonObject
    {
        ["key"] = finding.Key,
        ["value"] = finding.Value,
        ["message"] = finding.Message,
        ["line"] = finding.Line == 0 ? null : finding.Line,
    })]);
}
