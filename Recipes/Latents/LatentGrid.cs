namespace DistGan.Recipes;

/// <summary>Choices for pictures in which one thing changes along a row or a column; row after row.</summary>
public static class LatentGrid
{
    /// <summary>Rows up to which a picture shows all labels.</summary>
    public const int MostRows = 25;

    /// <summary>Rows whose latents are drawn, as they are without a choice.</summary>
    public static IReadOnlyList<LatentChoice> Drawn(int count) => [.. Enumerable.Range(0, count).Select(static row => new LatentChoice(row))];

    /// <summary>Labels that a picture has rows for: all, or of very many <paramref name="rows"/> that lie evenly among them.</summary>
    public static IReadOnlyList<int> LabelsShown(int categories, int rows)
        => categories <= MostRows ? [.. Enumerable.Range(0, categories)] : [.. Enumerable.Range(0, rows).Select(row => (int)((long)row * categories / rows))];

    /// <summary>A row of the picture for each label, in which column i has the noise of row i of the seed: what a column has in common is no matter of the label.</summary>
    public static IReadOnlyList<LatentChoice> RowPerLabel(IEnumerable<int> labels, int columns)
        => [.. labels.SelectMany(label => Enumerable.Range(0, columns).Select(column => new LatentChoice(column) { Label = label }))];

    /// <summary>
    /// Continuous code <paramref name="code"/> from −1 to 1 along each row, and row i of the seed along the picture's row i: all else stays.
    /// </summary>
    /// <param name="layout">Whose codes they are.</param>
    /// <param name="code">Number of the code, from 0.</param>
    /// <param name="rows">Rows of the picture.</param>
    /// <param name="columns">At least two.</param>
    /// <param name="label">The category of all; null is as it is drawn for each row.</param>
    /// <exception cref="DistGanException">There is no such code.</exception>
    public static IReadOnlyList<LatentChoice> Sweep(LatentLayout layout, int code, int rows, int columns, int? label = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 2);
        if (code < 0 || code >= layout.Continuous)
        {
            throw new DistGanException(layout.Continuous == 0
                ? $"Continuous code {code} was asked for, but the generator has none: train with conditioning infogan."
                : $"Continuous code {code} was asked for, but the generator has {layout.Continuous}: give one from 0 to {layout.Continuous - 1}.");
        }

        return [.. from row in Enumerable.Range(0, rows) from column in Enumerable.Range(0, columns) select new LatentChoice(row) { Label = label, Continuous = At(layout, code, column / (columns - 1.0)) }];
    }

    /// <summary>All continuous codes 0 but one, at t of its way.</summary>
    private static double[] At(LatentLayout layout, int code, double t)
    {
        var continuous = new double[layout.Continuous];
        continuous[code] = 2 * t - 1;
        return continuous;
    }
}
