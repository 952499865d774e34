namespace DistGan.EndToEnd.Tests.Verbs;

/// <summary>A command of the console as a test calls it.</summary>
/// <param name="Command">Its name, with that of the command above it.</param>
/// <param name="Further">What else is typed; MODE stands for the way in which it is called.</param>
/// <param name="Says">A part of what it writes for a person.</param>
internal sealed record Verb(string Command, string Further, string Says)
{
    /// <summary>The exit code.</summary>
    public int Ends { get; init; }

    /// <summary>Whether it has <c>-o json</c>.</summary>
    public bool HasJson { get; init; } = true;

    /// <summary>The words after the program's name.</summary>
    public string[] Words(string mode) => $"{Command} {Further}".Replace("MODE", mode, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
