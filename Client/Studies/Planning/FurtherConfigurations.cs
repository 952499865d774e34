using DistGan.Recipes;

namespace DistGan.Client.Studies.Planning;

/// <summary>Configurations that a command line spells out, beside those that a planner makes: a name, a colon, then overrides.</summary>
public static class FurtherConfigurations
{
    private const string Option = "--also";

    /// <summary>The planned configurations and those of the texts behind them.</summary>
    /// <param name="texts">Each as <c>NAME: key=value key=value</c>.</param>
    /// <param name="planned">What the planner has made; names are unique over all.</param>
    /// <param name="errors">Where errors are added.</param>
    public static IReadOnlyList<StudyConfiguration> Add(
        IReadOnlyList<string> texts, IReadOnlyList<StudyConfiguration> planned, ICollection<RecipeError> errors)
    {
        var all = planned.ToList();
        foreach (var text in texts)
        {
            if (Parse(text, all, errors) is { } configuration)
            {
                all.Add(configuration);
            }
        }

        return all;
    }

    private static StudyConfiguration? Parse(string text, List<StudyConfiguration> taken, ICollection<RecipeError> errors)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : text[..colon].Trim();
        var overrides = text[(colon + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var wrong = overrides.FirstOrDefault(static one => one.IndexOf('=', StringComparison.Ordinal) < 1);
        if (name.Length == 0 || overrides.Length == 0 || wrong is not null)
        {
            errors.Add(new(Option, text, "expected a name, a colon and overrides without spaces in them, such as 'soft-r1: techniques.r1.gamma=0.1 generator.optimizer.beta1=0'"));
            return null;
        }

        if (ConfigurationNames.Plain(name) != name)
        {
            errors.Add(new(Option, name, $"a name is lower-case letters, digits and single hyphens, at most {ConfigurationNames.Longest}; write {ConfigurationNames.Plain(name)}"));
            return null;
        }

        if (taken.Any(one => one.Name == name))
        {
            errors.Add(new(Option, name, "there is a configuration of this name already; give it another name"));
            return null;
        }

        return new() { Name = name, Overrides = overrides };
    }
}
