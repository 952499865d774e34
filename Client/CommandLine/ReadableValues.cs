using System.CommandLine;
using System.CommandLine.Parsing;

namespace DistGan.Client.CommandLine;

/// <summary>Values for validators, which run even where the parser cannot read a value and would throw; it reports that by itself.</summary>
internal static class ReadableValues
{
    /// <summary>The value; the type's default where it cannot be read.</summary>
    public static T? ReadableValue<T>(this OptionResult result) => TryRead(result, out T? value) ? value : default;

    /// <summary>The value of an option of a command; the type's default where it cannot be read.</summary>
    public static T? ReadableValue<T>(this CommandResult result, Option<T> option)
        => result.GetResult(option) is { } given ? ReadableValue<T>(given) : default;

    /// <summary>Whether the value can be read.</summary>
    public static bool TryRead<T>(this OptionResult result, out T? value)
    {
        try
        {
            value = result.GetValueOrDefault<T>();
            return true;
        }
        catch (InvalidOperationException)
        {
            value = default;
            return false;
        }
    }
}
