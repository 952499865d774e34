using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using DistGan.Client.CommandLine;

namespace DistGan.EndToEnd.Tests.CommandLine;

/// <summary>The help of every command that the tree has.</summary>
public sealed partial class HelpTests
{
    public static TheoryData<string> Commands => [.. Below(CommandTree.Build(Console(TextWriter.Null)), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_OfACommand_HasExamplesOfItThatCanBeTyped(string command)
    {
        using var output = new StringWriter();

        var code = await Cli.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"], Console(output));

        Assert.Equal(ExitCodes.Done, code);
        var examples = output.ToString().Split("Examples:\n")[^1].Split('\n').Where(static line => line.StartsWith("  ", StringComparison.Ordinal) && !line.StartsWith("   ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, line => Assert.Contains($"distgan {command}".TrimEnd(), line, StringComparison.Ordinal));
        Assert.All(examples, static line => Assert.Empty(Parse(line).Errors));
    }

    /// <summary>The part of a line that the program is given: what stands around it is the shell's.</summary>
    private static ParseResult Parse(string line)
        => CommandTree.Build(Console(TextWriter.Null)).Parse(CommandLineParser.SplitCommandLine(OfProgram().Match(line).Groups["arguments"].Value.Replace('\'', '"')).ToArray());

    private static IEnumerable<string> Below(Command command, string path)
        => command.Subcommands.SelectMany(below => Below(below, $"{path}{below.Name} ")).Prepend(path.TrimEnd());

    private static CommandConsole Console(TextWriter output) => new() { Out = output, Error = TextWriter.Null, IsTerminal = false, NoColor = true, Time = TimeProvider.System };

    [GeneratedRegex(@"distgan (?<arguments>[^|>)]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfProgram();
}
