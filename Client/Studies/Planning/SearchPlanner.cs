using DistGan.Recipes;

namespace DistGan.Client.Studies.Planning;

/// <summary>Random search: each configuration draws every key anew, from its range or among its values.</summary>
public static class SearchPlanner
{
    private const string Purpose = "study-search";

    /// <summary>The configurations; a longer search of the same seed begins with those of a shorter one.</summary>
    /// <param name="variations">What is drawn.</param>
    /// <param name="samples">How many.</param>
    /// <param name="seed">Origin of the draws.</param>
    public static IReadOnlyList<StudyConfiguration> Plan(IReadOnlyList<Variation> variations, int samples, long seed)
    {
        var digits = $"{samples}".Length;
        var all = Enumerable.Range(1, samples)
            .Select(sample => (IReadOnlyList<(string, string)>)[.. variations.Select((variation, part) => (variation.Key, Draw(variation, seed, sample, part)))])
            .ToList();
        return GridPlanner.Named(all, [.. Enumerable.Range(1, samples).Select(sample => $"sample-{sample.ToString($"D{digits}")}")]);
    }

    private static string Draw(Variation variation, long seed, int sample, int part)
    {
        var share = new SeedSequence(seed, 0).RandomFor(Purpose, sample, part).NextDouble();
        return variation.Range?.At(share) ?? variation.Values[(int)(share * variation.Values.Count)];
    }
}
