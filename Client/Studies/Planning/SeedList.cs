using System.Globalization;
using DistGan.Recipes;

namespace DistGan.Client.Studies.Planning;

/// <summary>Seeds as they are written: 1..5, or 1,2,3, or both.</summary>
public static class SeedList
{
    /// <summary>More seeds than this are a slip of the finger.</summary>
    private const int Most = 1000;

    private const string Form = "write a range such as 1..5, or numbers such as 1,2,3, from 0 on, each once";

    /// <summary>The seeds in the order in which they are written; none, and an error, where the text means nothing.</summary>
    /// <param name="option">Name of the option, for messages.</param>
    /// <param name="text">What was written.</param>
    /// <param name="errors">Where errors are added.</param>
    public static IReadOnlyList<long> Parse(string option, string text, ICollection<RecipeError> errors)
    {
        var parts = text.Split(',').Select(static part => Part(part.Trim())).ToList();
        if (parts.Any(static part => part is null))
        {
            errors.Add(new(option, text, Form));
            return [];
        }

        long[] seeds = [.. parts.SelectMany(static part => part!)];
        if (seeds.Length > Most || seeds.Distinct().Count() != seeds.Length)
        {
            errors.Add(new(option, text, seeds.Length > Most ? $"these are {seeds.Length} seeds; give at most {Most}" : $"a seed stands there twice, and would give the same run twice; {Form}"));
            return [];
        }

        return seeds;
    }

    private static IEnumerable<long>? Part(string text)
    {
        var ends = text.Split("..");
        if (ends.Length > 2 || Number(ends[0]) is not { } first || Number(ends[^1]) is not { } last || last < first)
        {
            return null;
        }

        return Between(first, Math.Min(last, first + Most));
    }

    private static IEnumerable<long> Between(long first, long last)
    {
        for (var seed = first; seed <= last; seed++)
        {
            yield return seed;
        }
    }

    private static long? Number(string text)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue - Most ? number : null;
}
