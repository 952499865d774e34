using System.CommandLine;
using System.CommandLine.Parsing;

using DistGan.Client.CommandLine;
namespace DistGan.Client.Commands;

/// <summary>Arguments that commands which draw from a run have in common.</summary>
internal static class RunArguments
{
    public static Option<int?> Replica() => new("--replica") { Description = "Which replica to take; the one that was last scored best without it.", HelpName = "N" };

    public static Option<bool> Raw() => new("--raw") { Description = "The plain weights instead of their moving average." };

    public static Option<double> Truncation() => Number("--truncation", "Draws latents nearer to the middle: cut off beyond twice this; more typical samples, less variety.", "T", 1, 0, 1);

    public static Option<int?> Count(string name, string description, int most)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result => RefuseUnless(result, result.ReadableValue<int?>() is not { } value || (value >= 1 && value <= most), $"1 to {most}"));
        return option;
    }

    /// <summary>A number above <paramref name="above"/> (at least 0 where that is null) and at most <paramref name="most"/>.</summary>
    public static Option<double> Number(string name, string description, string helpName, double usual, double? above, double most)
    {
        var option = new Option<double>(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => usual };
        option.Validators.Add(result => RefuseUnless(
            result,
            !result.TryRead(out double value) || ((above is { } bound ? value > bound : value >= 0) && value <= most),
            above is { } least ? $"a number above {least} and at most {most}" : $"a number from 0 to {most}"));
        return option;
    }

    private static void RefuseUnless(OptionResult result, bool holds, string allowed)
    {
        if (!holds && result.Tokens.Count > 0)
        {
            result.AddError($"{result.Option.Name} {result.Tokens[^1].Value}: allowed is {allowed}.");
        }
    }
}
