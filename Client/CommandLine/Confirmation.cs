namespace DistGan.Client.CommandLine;

/// <summary>Asks before something is done that cannot be undone.</summary>
public static class Confirmation
{
    /// <summary>Whether to go ahead: with --yes, or with a person's yes.</summary>
    /// <param name="console">The console; the question goes to standard error.</param>
    /// <param name="yes">Whether --yes is given.</param>
    /// <param name="question">What is going to happen, as a question.</param>
    /// <exception cref="CommandException">--yes is not given and there is nobody to ask.</exception>
    public static bool Ask(CommandConsole console, bool yes, string question)
    {
        if (yes)
        {
            return true;
        }

        if (!console.CanAsk)
        {
            throw new CommandException(ExitCodes.Refused, $"{question} There is no terminal to answer on: add --yes to go ahead.");
        }

        console.Error.Write($"{question} [y/N] ");
        return console.In.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
