using System.Text;

namespace DistGan.Client.Studies.Planning;

/// <summary>Names of configurations, short and fit for folders and jobs.</summary>
public static class ConfigurationNames
{
    /// <summary>With -s and a seed of any length a name is still that of a job.</summary>
    public const int Longest = 40;

    /// <summary>One name a configuration: its values behind the shortest ends of their keys that tell the keys apart.</summary>
    /// <param name="configurations">The keys and values of each.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<IReadOnlyList<(string Key, string Value)>> configurations)
    {
        var keys = configurations.SelectMany(static values => values.Select(static value => value.Key)).Distinct(StringComparer.Ordinal).ToList();
        var labels = keys.ToDictionary(static key => key, key => Label(key, keys), StringComparer.Ordinal);
        return Unique(configurations.Select(values =>
        {
            var name = string.Join('-', values.Select(value => $"{labels[value.Key]}-{value.Value}"));
            return Plain(name.Length > Longest ? Shorter(name) : name);
        }));
    }

    /// <summary>The name of a run: that of its configuration and the seed.</summary>
    public static string OfRun(string configuration, long seed) => $"{configuration}-s{seed}";

    /// <summary>Lower-case letters, digits and single hyphens.</summary>
    public static string Plain(string text)
    {
        var name = new StringBuilder();
        foreach (var letter in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                name.Append(letter);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        var plain = name.ToString().TrimEnd('-');
        return plain.Length == 0 ? "configuration" : plain.Length > Longest ? plain[..Longest].TrimEnd('-') : plain;
    }

    /// <summary>Both players by one letter, as in the literature.</summary>
    private static string Shorter(string name)
        => name.Replace("generator", "g", StringComparison.Ordinal).Replace("discriminator", "d", StringComparison.Ordinal);

    private static string Label(string key, IReadOnlyList<string> keys)
    {
        var parts = key.Split('.');
        return Enumerable.Range(1, parts.Length).Select(count => string.Join('.', parts[^count..]))
            .FirstOrDefault(end => keys.Count(other => other == end || other.EndsWith("." + end, StringComparison.Ordinal)) == 1) ?? key;
    }

    private static IReadOnlyList<string> Unique(IEnumerable<string> names)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. names.Select(name =>
        {
            var unique = name;
            for (var number = 2; !taken.Add(unique); number++)
            {
                var suffix = $"-{number}";
                unique = (name.Length + suffix.Length > Longest ? name[..(Longest - suffix.Length)] : name) + suffix;
            }

            return unique;
        })];
    }
}
