using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace DistGan.Client.CommandLine;

/// <summary>The help of a command, followed by its keys and examples.</summary>
public sealed class HelpWithExamples(HelpAction help, IReadOnlyDictionary<Command, CommandEntry> entries)
    : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var writer = parseResult.InvocationConfiguration.Output;
        if (entries.TryGetValue(parseResult.CommandResult.Command, out var own))
        {
            WriteKeys(writer, own.Keys);
        }

        writer.WriteLine("Examples:");
        foreach (var example in Examples(parseResult.CommandResult))
        {
            writer.WriteLine($"  {example.CommandLine}");
            writer.WriteLine($"      {example.Explanation}");
        }

        return ExitCodes.Done;
    }

    /// <summary>Those of the command; a command below another one has those of the other that are about it.</summary>
    private IEnumerable<Example> Examples(CommandResult result)
    {
        var words = "";
        for (var command = result; command is not null; command = command.Parent as CommandResult)
        {
            if (entries.TryGetValue(command.Command, out var entry))
            {
                return entry.Examples.Where(example => words.Length == 0 || $"{example.CommandLine} ".Contains($" {command.Command.Name}{words} ", StringComparison.Ordinal));
            }

            words = $" {command.Command.Name}{words}";
        }

        return [];
    }

    private static void WriteKeys(TextWriter writer, IReadOnlyList<(string Key, string Meaning)> keys)
    {
        if (keys.Count == 0)
        {
            return;
        }

        writer.WriteLine("Keys (in an environment variable, __ stands for each colon):");
        var width = keys.Max(static key => key.Key.Length);
        foreach (var (key, meaning) in keys)
        {
            writer.WriteLine($"  {key.PadRight(width)}  {meaning}");
        }

        writer.WriteLine();
    }
}
