using System.Globalization;
using System.Text.Json.Serialization;

namespace DistGan.Recipes;

/// <summary>The classes of a data set, as far as a generator needs them where the data are not at hand.</summary>
/// <param name="Counts">Samples of each class.</param>
/// <param name="Names">Names of the classes; empty where they have none.</param>
public sealed record DataLabels(IReadOnlyList<long> Counts, IReadOnlyList<string> Names)
{
    /// <summary>Number of classes.</summary>
    [JsonIgnore]
    public int Classes => Counts.Count;

    /// <summary>The label of a uniformly drawn sample.</summary>
    public int Draw(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var sample = random.NextInt64(Counts.Sum());
        var label = 0;
        for (; sample >= Counts[label]; label++)
        {
            sample -= Counts[label];
        }

        return label;
    }

    /// <summary>The class of a name or a number, from 0.</summary>
    /// <exception cref="DistGanException">There is no such class.</exception>
    public int Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var named = Names.ToList().FindIndex(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return named >= 0 ? named
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var label) && label < Classes ? label
            : throw new DistGanException($"There is no class '{text}': give a number from 0 to {Classes - 1}{(Names.Count > 0 ? $", or one of {string.Join(", ", Names)}" : "")}.");
    }

    /// <summary>What a person calls a class: its name, or its number.</summary>
    public string NameOf(int label) => label < Names.Count ? Names[label] : label.ToString(CultureInfo.InvariantCulture);
}
