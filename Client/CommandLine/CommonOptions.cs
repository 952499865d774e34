using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DistGan.Recipes;

namespace DistGan.Client.CommandLine;

/// <summary>Options that several commands take; each command adds those that mean something to it.</summary>
public static class CommonOptions
{
    public static Option<OutputFormat> Output { get; } = new("--output", "-o")
    {
        Description = "What standard output carries: json is one document and nothing else.",
        HelpName = "json|table|wide",
        CustomParser = static result => ParseFormat(result),
    };

    public static Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours; the environment variable NO_COLOR does the same." };

    public static Option<bool> Quiet { get; } = new("--quiet") { Description = "Only the end, no progress." };

    public static Option<bool> Yes { get; } = new("--yes") { Description = "Go ahead without asking." };

    public static Option<string[]> Set { get; } = CreateSet();

    /// <summary>Adds an error for each assignment of --set that contradicts what another option stands for.</summary>
    /// <param name="command">Where the options are, and the errors go.</param>
    /// <param name="shortcuts">Assignments that other options stand for, and how those were written.</param>
    public static void RefuseContradictions(CommandResult command, params (string Assignment, string Shown)[] shortcuts)
    {
        var set = command.GetResult(Set) is { } result ? Assignments(result) : [];
        foreach (var sentence in Contradictions.Find(shortcuts.Concat(set)).Except(Contradictions.Find(set)))
        {
            command.AddError(sentence);
        }
    }

    /// <summary>The number that an option has; null where it has none, or no number. Validators see options before they are known to be right.</summary>
    public static long? WholeNumber(SymbolResult result, Option option)
        => result.GetResult(option) is { Tokens: [.., var token] } && long.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Option<string[]> CreateSet()
    {
        var set = new Option<string[]>("--set")
        {
            Description = "Override a recipe key, dotted; repeatable. {} or true turns a technique on, false off.",
            HelpName = "key=value",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        set.Validators.Add(static result =>
        {
            foreach (var sentence in Contradictions.Find(Assignments(result)))
            {
                result.AddError(sentence);
            }
        });
        return set;
    }

    private static IReadOnlyList<(string Assignment, string Shown)> Assignments(OptionResult set)
        => [.. set.Tokens.Select(static token => (token.Value, $"--set {token.Value}"))];

    private static OutputFormat ParseFormat(ArgumentResult result)
    {
        var token = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        switch (token)
        {
            case "json": return OutputFormat.Json;
            case "table": return OutputFormat.Table;
            case "wide": return OutputFormat.Wide;
            default:
                result.AddError($"--output {token}: allowed are json, table, wide.");
                return OutputFormat.Table;
        }
    }
}
