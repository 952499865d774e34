using DistGan.Recipes;

namespace DistGan.Bench.Features;

/// <summary>Options of the form --name FOLDER.</summary>
internal static class FolderOption
{
    /// <summary>The value of each known option, or its default.</summary>
    /// <exception cref="DistGanException">An option is unknown or has no value.</exception>
    public static Dictionary<string, string> Read(string[] arguments, params (string Name, string Default)[] known)
    {
        var values = known.ToDictionary(static option => option.Name, static option => option.Default);
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!values.ContainsKey(arguments[i]) || i + 1 == arguments.Length)
            {
                throw new DistGanException($"'{arguments[i]}' is not an option with a value: give {string.Join(", ", known.Select(static option => $"{option.Name} DIR"))}.");
            }

            values[arguments[i]] = arguments[i + 1];
        }

        return values;
    }
}
