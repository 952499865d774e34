using DistGan.Recipes;

namespace DistGan.Client.CommandLine;

/// <summary>A command that cannot be done: the sentence for standard error and the exit code.</summary>
public sealed class CommandException : DistGanException
{
    public CommandException(int exitCode, string message)
        : base(message)
    {
        ExitCode = exitCode;
    }

    public CommandException(int exitCode, string message, Exception inner)
        : base(message, inner)
    {
        ExitCode = exitCode;
    }

    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; }
}
