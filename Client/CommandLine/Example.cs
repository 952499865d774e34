namespace DistGan.Client.CommandLine;

/// <summary>One command line in a command's help.</summary>
/// <param name="CommandLine">What to type.</param>
/// <param name="Explanation">What it does, in a few words.</param>
public sealed record Example(string CommandLine, string Explanation);
