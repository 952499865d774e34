using System.CommandLine;
using DistGan.Client.CommandLine;

namespace DistGan.Client.Completion;

/// <summary><c>completion SHELL</c>, and the hidden <c>complete</c> that its scripts call.</summary>
internal static class CompletionCommand
{
    public static CommandEntry Create(CommandConsole console)
    {
        var shell = new Argument<string>("SHELL") { Description = $"One of {string.Join(", ", CompletionScript.Shells)}." };
        shell.AcceptOnlyFromAmong([.. CompletionScript.Shells]);
        var command = new Command("completion", "Prints a script that makes a shell complete commands, options, presets, recipe keys and jobs.") { shell };
        command.SetAction(parsed =>
        {
            console.Out.WriteLine(CompletionScript.Of(parsed.GetRequiredValue(shell)));
            return ExitCodes.Done;
        });
        return new(command,
        [
            new("source <(distgan completion bash)", "in ~/.bashrc; zsh alike"),
            new("distgan completion fish | source", "in config.fish"),
        ]);
    }

    /// <summary>Writes the words that can stand at a place of a command line, one a line.</summary>
    public static CommandEntry CreateHidden(CommandConsole console)
    {
        var line = new Argument<string>("LINE") { Description = "The whole command line." };
        var position = new Option<int?>("--position") { Description = "The place of the cursor; the end without it.", HelpName = "N" };
        var command = new Command("complete", "Says what a command line can go on with.") { line, position };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            foreach (var word in Words(console, parsed.GetRequiredValue(line), parsed.GetValue(position)))
            {
                console.Out.WriteLine(word);
            }

            return ExitCodes.Done;
        });
        return new(command, [new("distgan complete 'distgan tra'", "train")]);
    }

    private static IEnumerable<string> Words(CommandConsole console, string line, int? position)
    {
        // PowerShell's line ends before the spaces in front of the cursor.
        var cursor = Math.Clamp(position ?? line.Length, 0, line.Length + 1);
        var typed = line.PadRight(cursor)[..cursor].TrimStart();

        // The first word is the program, as it was called.
        var behind = typed.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var gap ? typed[(gap + 1)..] : "";
        var word = behind[(behind.LastIndexOf(' ') + 1)..];
        var root = CommandTree.Build(console);
        CompletionSource.AddTo(root);
        return root.Parse(behind).GetCompletions(behind.Length)
            .Select(static item => item.InsertText ?? item.Label)
            .Where(text => text.StartsWith(word, StringComparison.Ordinal) && (word.Length > 0 || !text.StartsWith('-')) && text is not ("/h" or "/?"))
            .Distinct()
            .Order(StringComparer.Ordinal);
    }
}
