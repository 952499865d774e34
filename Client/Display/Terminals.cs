using DistGan.Client.CommandLine;
using Spectre.Console;

namespace DistGan.Client.Display;

/// <summary>The terminal as the drawing library sees it.</summary>
public static class Terminals
{
    /// <summary>Ends a hidden cursor; written when the process ends in the middle of a drawing.</summary>
    public const string ShowCursor = "\e[?25h";

    public static IAnsiConsole Create(CommandConsole console) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = console.IsTerminal ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = console.NoColor || !console.IsTerminal ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        Interactive = InteractionSupport.No,
        Out = new AnsiConsoleOutput(console.Out),
    });
}
