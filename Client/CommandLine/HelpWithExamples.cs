using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DistGan.Client.CommandLine;

/// <summary>The help of a command, followed by its keys and examples.</summary>
public sealed class HelpWithExamples(HelpAction help, IReadOnlyDictionary<Command, CommandEntry> entries)
    : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        if (!entries.TryGetValue(parseResult.CommandResult.Command, out var entry))
        {
            return ExitCodes.Done;
        }

        var writer = parseResult.InvocationConfiguration.Output;
        WriteKeys(writer, entry.Keys);
        writer.WriteLine("Examples:");
        foreach (var example in entry.Examples)
        {
            writer.WriteLine($"  {example.CommandLine}");
            writer.WriteLine($"      {example.Explanation}");
        }

        return ExitCodes.Done;
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
