using System.CommandLine;

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

    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "Override a recipe key, dotted; repeatable. {} or true turns a technique on, false off.",
        HelpName = "key=value",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static OutputFormat ParseFormat(System.CommandLine.Parsing.ArgumentResult result)
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
