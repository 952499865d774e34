using DistGan.Recipes;
using DistGan.Training.Snapshots;
using DistGan.Training.Vectors;

namespace DistGan.Training.Steps;

/// <summary>Weights of an earlier training that a new replica starts from, such as those of an exported generator.</summary>
/// <param name="Generator">Arrays by the names of the generator's layout; statistics may be among them or not.</param>
/// <param name="GeneratorSource">What errors call them, such as a file name.</param>
public sealed record InitialWeights(IReadOnlyList<NamedArray> Generator, string GeneratorSource)
{
    /// <summary>The same for the discriminator; null leaves it as the recipe starts it.</summary>
    public IReadOnlyList<NamedArray>? Discriminator { get; init; }

    /// <summary>What errors call the discriminator's arrays.</summary>
    public string DiscriminatorSource { get; init; } = "the discriminator's file";

    /// <summary>Overwrites both players' weights, and statistics where they are given. Changes nothing where anything does not fit.</summary>
    /// <exception cref="DistGanException">Arrays are missing, have another type or shape, or belong to no layer; it names all of them.</exception>
    public void LoadInto(PlayerModel generator, PlayerModel discriminator)
    {
        List<string> problems = [.. Problems(generator, Generator, GeneratorSource)];
        if (Discriminator is not null)
        {
            problems.AddRange(Problems(discriminator, Discriminator, DiscriminatorSource));
        }

        if (problems.Count > 0)
        {
            throw new DistGanException($"The weights do not fit the recipe's networks: {string.Join("; ", problems)}. Use the networks, width, depth, latent size and data size that they were trained with.");
        }

        Load(generator, Generator);
        if (Discriminator is not null)
        {
            Load(discriminator, Discriminator);
        }
    }

    private static void Load(PlayerModel model, IReadOnlyList<NamedArray> arrays)
    {
        model.Network.Parameters.FromArrays(arrays, model.Parameters.Values);
        if (HasBuffers(model, arrays))
        {
            model.Network.Buffers.FromArrays(arrays, model.Buffers.Values);
        }

        model.Parameters.Refresh();
    }

    /// <summary>Statistics are computed again where a file has none of them.</summary>
    private static bool HasBuffers(PlayerModel model, IReadOnlyList<NamedArray> arrays)
    {
        var names = model.Network.Buffers.Entries.Select(static entry => entry.Name).ToHashSet();
        return arrays.Any(array => names.Contains(array.Name));
    }

    private static IEnumerable<string> Problems(PlayerModel model, IReadOnlyList<NamedArray> arrays, string source)
    {
        IEnumerable<VectorEntry> expected = model.Network.Parameters.Entries;
        if (HasBuffers(model, arrays))
        {
            expected = expected.Concat(model.Network.Buffers.Entries);
        }

        var found = arrays.ToDictionary(static array => array.Name);
        foreach (var entry in expected)
        {
            if (!found.Remove(entry.Name, out var array))
            {
                yield return $"{source} has no {entry.Name}, which the {model.Network.Definition.Name} needs";
            }
            else if (array.Type != "F32" || !array.Shape.SequenceEqual(entry.Shape))
            {
                yield return $"{entry.Name} of {source} is {array.Type} [{string.Join(", ", array.Shape)}], but the {model.Network.Definition.Name} needs F32 [{string.Join(", ", entry.Shape)}]";
            }
        }

        foreach (var unknown in found.Keys.Order(StringComparer.Ordinal))
        {
            yield return $"{source} has {unknown}, which the {model.Network.Definition.Name} has no place for";
        }
    }
}
