using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DistGan.Client.CommandLine;

/// <summary>The help of a command, followed by its examples.</summary>
public sealed class HelpWithExamples(HelpAction help, IReadOnlyDictionary<Command, IReadOnlyList<Example>> examples)
    : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        if (!examples.TryGetValue(parseResult.CommandResult.Command, out var list))
        {
            return ExitCodes.Done;
        }

        var writer = parseResult.InvocationConfiguration.Output;
        writer.WriteLine("Examples:");
        foreach (var example in list)
        {
            writer.WriteLine($"  {example.CommandLine}");
            writer.WriteLine($"      {example.Explanation}");
        }

        return ExitCodes.Done;
    }
}
