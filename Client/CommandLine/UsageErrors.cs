using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using DistGan.Recipes;

namespace DistGan.Client.CommandLine;

/// <summary>Says every error of a command line at once, with the nearest known name.</summary>
public static class UsageErrors
{
    /// <summary>Words that look like options and are none; the parser takes them for arguments.</summary>
    public static IReadOnlyList<string> UnknownOptions(ParseResult parsed)
        => [.. parsed.Tokens
            .Where(static token => token.Type == TokenType.Argument && token.Value is ['-', not (>= '0' and <= '9'), ..])
            .Select(static token => token.Value)];

    public static void Write(ParseResult parsed, TextWriter error)
    {
        var command = parsed.CommandResult.Command;
        if (command is RootCommand && parsed.UnmatchedTokens.Count > 0 && !parsed.UnmatchedTokens[0].StartsWith('-'))
        {
            WriteUnknownCommand(parsed.UnmatchedTokens[0], command, error);
            return;
        }

        var unmatched = parsed.UnmatchedTokens;
        var unknown = UnknownOptions(parsed);
        foreach (var token in unknown)
        {
            error.WriteLine(UnknownOption(token, command));
        }

        // Behind an unknown option stands its value.
        foreach (var token in unknown.Count > 0 ? [] : unmatched)
        {
            error.WriteLine($"'{token}' is one argument too many for '{command.Name}'.");
        }

        foreach (var entry in parsed.Errors)
        {
            if (!unmatched.Any(token => entry.Message.Contains($"'{token}'", StringComparison.Ordinal)))
            {
                error.WriteLine(TextOf(entry));
            }
        }

        error.WriteLine($"'{CommandPath(command)} --help' shows what it takes.");
    }

    /// <summary>Whether a command was named that only has commands of its own, and none of them.</summary>
    public static bool IsIncomplete(ParseResult parsed)
        => parsed.CommandResult.Command is { Action: null, Subcommands.Count: > 0 } && parsed.UnmatchedTokens.Count == 0;

    /// <summary>The parser's own sentence on a value that it cannot read names types of the program.</summary>
    private static string TextOf(ParseError entry)
    {
        if ((entry.SymbolResult as OptionResult ?? entry.SymbolResult?.Parent as OptionResult) is not { Tokens: [.., var token] } result
            || !entry.Message.Contains($"'{result.Option.ValueType}'", StringComparison.Ordinal))
        {
            return entry.Message;
        }

        var type = Nullable.GetUnderlyingType(result.Option.ValueType) ?? result.Option.ValueType;
        var needed = type == typeof(int) || type == typeof(long)
            ? BigInteger.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? "a smaller whole number is needed" : "a whole number is needed"
            : type == typeof(double) ? "a number is needed" : "this value cannot be read";
        return $"{result.Option.Name} {token.Value}: {needed}.";
    }

    private static void WriteUnknownCommand(string name, Command root, TextWriter error)
    {
        var names = root.Subcommands.Select(sub => sub.Name).ToList();
        var nearest = NearestName.Of(name, names);
        error.WriteLine(nearest is null
            ? $"There is no command '{name}'; the commands are {string.Join(", ", names)}."
            : $"There is no command '{name}'; did you mean '{nearest}'? The commands are {string.Join(", ", names)}.");
    }

    private static string UnknownOption(string token, Command command)
    {
        var name = token.Split('=')[0];
        var known = command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Append("--help");
        var nearest = NearestName.Of(name, known);
        return nearest is null ? $"'{command.Name}' has no option '{name}'." : $"'{command.Name}' has no option '{name}'; did you mean '{nearest}'?";
    }

    private static string CommandPath(Command command)
    {
        var names = new List<string>();
        for (Symbol? symbol = command; symbol is not null and not RootCommand; symbol = symbol.Parents.FirstOrDefault())
        {
            names.Insert(0, symbol.Name);
        }

        return string.Join(' ', names.Prepend("distgan"));
    }
}
