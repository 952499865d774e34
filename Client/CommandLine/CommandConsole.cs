using System.CommandLine;
using System.Text;

namespace DistGan.Client.CommandLine;

/// <summary>The streams of the process and what they can show.</summary>
public sealed class CommandConsole
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether standard output is a terminal that understands control codes.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>Whether colours are unwanted: NO_COLOR is set, or the terminal is dumb.</summary>
    public required bool NoColor { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Where a person answers.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Whether a person can be asked: standard input and standard error are a terminal.</summary>
    public bool CanAsk { get; init; }

    /// <summary>The same console with the command's own wishes about colour.</summary>
    public CommandConsole With(ParseResult parsed) => new()
    {
        Out = Out,
        Error = Error,
        IsTerminal = IsTerminal,
        NoColor = NoColor || parsed.GetValue(CommonOptions.NoColor),
        Time = Time,
        In = In,
        CanAsk = CanAsk,
    };

    public static CommandConsole ForProcess()
    {
        var dumb = string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        return new()
        {
            Out = Writer(Console.OpenStandardOutput(), Console.IsOutputRedirected),
            Error = Writer(Console.OpenStandardError(), Console.IsErrorRedirected),
            IsTerminal = !Console.IsOutputRedirected && !dumb,
            NoColor = dumb || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Time = TimeProvider.System,
            In = Console.In,
            CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
        };
    }

    private static TextWriter Writer(Stream stream, bool redirected)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return TextWriter.Synchronized(new StreamWriter(redirected ? stream : new TerminalStream(stream), encoding) { AutoFlush = true });
    }
}
