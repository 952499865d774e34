using DistGan.Recipes;

namespace DistGan.Client.Runs;

/// <summary>Names of runs on data of one's own, which no recipe has a name for.</summary>
public static class RunNames
{
    private const int Longest = 63;

    /// <summary>Names a run after its folder or file of data, where nobody has named it.</summary>
    /// <param name="recipe">Valid.</param>
    /// <param name="overrides">The assignments of the command line.</param>
    /// <param name="isNamed">Whether the recipe has a name of its own.</param>
    public static Recipe OfData(Recipe recipe, IReadOnlyList<string> overrides, bool isNamed)
    {
        if (isNamed || (recipe.Data.Folder ?? recipe.Data.Idx) is not { } data || overrides.Any(static text => KeyOf(text) == "name"))
        {
            return recipe;
        }

        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)));
        return Slug(recipe.Data.Folder is null ? name.Split('.')[0] : name) is { Length: > 0 } slug ? recipe with { Name = slug } : recipe;
    }

    /// <summary>Whether an assignment says which data to take.</summary>
    public static bool ChangesData(IReadOnlyList<string> overrides) => overrides.Any(static text => KeyOf(text) is "data" or "data.folder" or "data.idx");

    /// <summary>Lower-case letters, digits and single hyphens; empty where a text has neither letters nor digits of ASCII.</summary>
    public static string Slug(string text)
    {
        var words = new string([.. text.Select(static letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')]).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var slug = string.Join('-', words);
        return slug.Length > Longest ? slug[..Longest].TrimEnd('-') : slug;
    }

    private static string KeyOf(string assignment) => assignment.Split('=')[0].Trim();
}
