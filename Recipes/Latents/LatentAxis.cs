using System.Globalization;

namespace DistGan.Recipes;

/// <summary>One thing of a generator's input that is varied while all else stays: z_i, a continuous code c_j, or the label y. Numbers count from 1, as in <see cref="LatentLayout"/>.</summary>
/// <param name="Name">z1 …, c1 …, or y.</param>
/// <param name="Start">Where it begins in a row, from 0.</param>
/// <param name="Categories">K of y; 0 for a number.</param>
/// <param name="From">Where a number begins unless something else is asked for.</param>
/// <param name="To">Where it ends.</param>
public sealed record LatentAxis(string Name, int Start, int Categories, double From, double To)
{
    /// <summary>What the label, or the category of InfoGAN, is called.</summary>
    public const string Label = "y";

    private const string Noise = "z";
    private const string Code = "c";
    private const string Through = "..";

    /// <summary>
    /// Axes by their names, with commas between them: <c>z3,c1,y</c>, and <c>z1..z8</c> for several in order. Normal z go from −2 to 2, as 95 % of
    /// them lie there; uniform ones and codes from −1 to 1, as all do.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="layout">What a row is made of.</param>
    /// <param name="latent">How z is distributed.</param>
    /// <exception cref="DistGanException">A name is none, or the generator has no such number; says which there are.</exception>
    public static IReadOnlyList<LatentAxis> Parse(string text, LatentLayout layout, LatentRecipe latent)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(latent);
        var axes = text.Split(',', StringSplitOptions.TrimEntries)
            .SelectMany(part => Named(part, layout, latent) ?? throw new DistGanException($"'{part}' is nothing that can be varied here: this generator has {Names(layout)}."))
            .ToList();
        return axes.GroupBy(static axis => axis.Name).FirstOrDefault(static same => same.Count() > 1) is { } twice
            ? throw new DistGanException($"{twice.Key} is named twice.")
            : axes;
    }

    /// <summary>Writes the value at t ∈ [0, 1] of the way: from + t·(to − from), or category round(t·(K − 1)).</summary>
    /// <param name="row">A row of the generator's input.</param>
    /// <param name="t">How far.</param>
    public void Write(Span<float> row, double t)
    {
        if (Categories == 0)
        {
            row[Start] = (float)(From + t * (To - From));
            return;
        }

        var categories = row.Slice(Start, Categories);
        categories.Clear();
        categories[(int)Math.Round(t * (Categories - 1), MidpointRounding.AwayFromZero)] = 1;
    }

    /// <summary>What a generator has, for a person: "z1 to z64, y of 10, c1 to c2".</summary>
    private static string Names(LatentLayout layout)
    {
        string Numbers(string letter, int count) => count == 1 ? $"{letter}1" : $"{letter}1 to {letter}{count}";
        string?[] parts = [Numbers(Noise, layout.Noise), layout.Categories > 0 ? $"{Label}, the label" : null, layout.Continuous > 0 ? Numbers(Code, layout.Continuous) : null];
        return string.Join(", ", parts.OfType<string>());
    }

    private static IEnumerable<LatentAxis>? Named(string part, LatentLayout layout, LatentRecipe latent)
    {
        if (part == Label)
        {
            return layout.Categories > 0 ? [new(Label, layout.Noise, layout.Categories, 0, layout.Categories - 1)] : null;
        }

        var letter = part.Length > 0 ? part[..1] : "";
        var (count, start, reach) = letter == Noise ? (layout.Noise, 0, latent.Distribution == "uniform" ? 1 : 2) : (letter == Code ? layout.Continuous : 0, layout.Noise + layout.Categories, 1);
        var ends = part.Split(Through);
        return ends.Length <= 2 && NumberOf(ends[0], letter) is { } first && NumberOf(ends[^1], letter) is { } last && first <= last && last <= count
            ? Enumerable.Range(first, last - first + 1).Select(number => new LatentAxis($"{letter}{number}", start + number - 1, 0, -reach, reach))
            : null;
    }

    /// <summary>3 of z3; null where it is no such name.</summary>
    private static int? NumberOf(string name, string letter)
        => letter.Length > 0 && name.StartsWith(letter, StringComparison.Ordinal) && int.TryParse(name[letter.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
