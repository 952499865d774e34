using System.CommandLine;

namespace DistGan.Client.CommandLine;

/// <summary>A command with the examples of its help.</summary>
public sealed record CommandEntry(Command Command, IReadOnlyList<Example> Examples)
{
    /// <summary>What is set by KEY=VALUE, with its meaning.</summary>
    public IReadOnlyList<(string Key, string Meaning)> Keys { get; init; } = [];
}
