using System.CommandLine;
using DistGan.Client.Outputs;

namespace DistGan.Client.Commands;

/// <summary>The option that asks for labels.</summary>
internal static class LabelOption
{
    /// <param name="description">What the command makes of them; the kinds of names are added.</param>
    public static Option<string[]> Create(string description) => new("--label")
    {
        Description = $"{description} A class by its number (from 0) or its name, several with commas between them, or {LabelWords.All}. With infogan a category.",
        HelpName = $"L,…|{LabelWords.All}",
        DefaultValueFactory = static _ => [],
    };
}
