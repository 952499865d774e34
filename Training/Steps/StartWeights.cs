using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Networks;
using DistGan.Training.Snapshots;
using DistGan.Training.Techniques;
using DistGan.Training.Vectors;

namespace DistGan.Training.Steps;

/// <summary>Weights (θ) and statistics (β) that a new replica begins with instead of random ones; optimisers, counters and histories begin fresh.</summary>
/// <param name="Generator">Arrays by the names of the generator's layouts.</param>
/// <param name="Discriminator">Those of the discriminator; null where it begins at random.</param>
/// <param name="Average">The averaged generator; null where its average begins as the generator.</param>
public sealed record StartWeights(IReadOnlyList<NamedArray> Generator, IReadOnlyList<NamedArray>? Discriminator, IReadOnlyList<NamedArray>? Average)
{
    private const string GeneratorPrefix = "generator.";
    private const string DiscriminatorPrefix = "discriminator.";
    private const string AveragePrefix = "ema.";

    /// <summary>All arrays for one file, under the name of their part.</summary>
    public IReadOnlyList<NamedArray> ToArrays()
        => [.. Under(GeneratorPrefix, Generator), .. Under(DiscriminatorPrefix, Discriminator ?? []), .. Under(AveragePrefix, Average ?? [])];

    /// <summary>Takes the arrays of one file apart.</summary>
    public static StartWeights FromArrays(IReadOnlyList<NamedArray> arrays)
        => new(Of(arrays, GeneratorPrefix) ?? [], Of(arrays, DiscriminatorPrefix), Of(arrays, AveragePrefix));

    /// <summary>Every array that keeps these weights out of a recipe's networks, one sentence each; empty where they fit.</summary>
    public IReadOnlyList<string> Misfits(Recipe recipe, SampleShape shape, int classes = 0)
    {
        var techniques = TechniqueCatalog.Create(recipe.Techniques);
        var generator = new Network(ReplicaFactory.Define(Player.Generator, recipe, shape, techniques, classes: classes));
        var discriminator = new Network(ReplicaFactory.Define(Player.Discriminator, recipe, shape, techniques, classes: classes));
        return [
            .. Misfits(GeneratorPrefix, generator, Generator),
            .. Discriminator is null ? [] : Misfits(DiscriminatorPrefix, discriminator, Discriminator),
            .. Average is null ? [] : Misfits(AveragePrefix, generator, Average),
        ];
    }

    private static IEnumerable<string> Misfits(string prefix, Network network, IReadOnlyList<NamedArray> arrays)
    {
        VectorEntry[] needed = [.. network.Parameters.Entries, .. network.Buffers.Entries];
        var given = arrays.ToDictionary(static array => array.Name);
        foreach (var entry in needed)
        {
            if (!given.Remove(entry.Name, out var array))
            {
                yield return $"{prefix}{entry.Name} [{string.Join(", ", entry.Shape)}] is needed and not there";
            }
            else if (array.Type != "F32" || !array.Shape.SequenceEqual(entry.Shape))
            {
                yield return $"{prefix}{entry.Name} is {array.Type} [{string.Join(", ", array.Shape)}], needed is F32 [{string.Join(", ", entry.Shape)}]";
            }
        }

        foreach (var array in arrays.Where(array => given.ContainsKey(array.Name)))
        {
            yield return $"{prefix}{array.Name} [{string.Join(", ", array.Shape)}] is there and has no place";
        }
    }

    private static IEnumerable<NamedArray> Under(string prefix, IReadOnlyList<NamedArray> arrays)
        => arrays.Select(array => array with { Name = prefix + array.Name });

    private static List<NamedArray>? Of(IReadOnlyList<NamedArray> arrays, string prefix)
    {
        var part = arrays.Where(array => array.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(array => array with { Name = array.Name[prefix.Length..] }).ToList();
        return part.Count > 0 ? part : null;
    }
}
