using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>Draws codes, and takes chosen rows of drawn ones.</summary>
internal static class LatentCodes
{
    /// <summary>Draws the code of one row: the category by the counts of the classes (each as likely where there are none), each continuous one from U(−1, 1).</summary>
    /// <param name="code">The code of the row, all of it 0 before.</param>
    /// <param name="layout">What it is made of.</param>
    /// <param name="labels">The classes of the data; null where categories are no classes.</param>
    /// <param name="random">Where it is drawn from.</param>
    public static void Draw(Span<float> code, LatentLayout layout, DataLabels? labels, Random random)
    {
        if (layout.Categories > 0)
        {
            code[labels?.Draw(random) ?? random.Next(layout.Categories)] = 1;
        }

        foreach (ref var number in code[layout.Categories..])
        {
            number = (float)(2 * random.NextDouble() - 1);
        }
    }

    /// <summary>The rows of a choice [N, width] on the CPU.</summary>
    /// <param name="drawn">[M, width], M above every row that is chosen.</param>
    /// <param name="layout">What a row is made of.</param>
    /// <param name="choices">N rows.</param>
    /// <exception cref="DistGanException">A choice does not fit the layout.</exception>
    public static Tensor Choose(Tensor drawn, LatentLayout layout, IReadOnlyList<LatentChoice> choices)
    {
        var from = MemoryMarshal.Cast<byte, float>(VectorBytes.Copy(drawn));
        var chosen = new float[checked(choices.Count * layout.Width)];
        for (var i = 0; i < choices.Count; i++)
        {
            var row = chosen.AsSpan(i * layout.Width, layout.Width);
            from.Slice(choices[i].Row * layout.Width, layout.Width).CopyTo(row);
            layout.Write(row, choices[i]);
        }

        return tensor(chosen, [choices.Count, layout.Width]);
    }

    /// <summary>Rows that must be drawn for a choice.</summary>
    public static int RowsOf(IReadOnlyList<LatentChoice> choices)
    {
        ArgumentOutOfRangeException.ThrowIfZero(choices.Count, nameof(choices));
        return choices.Max(static choice => choice.Row) + 1;
    }

    /// <summary>The label of each row [N, width]; null where a layout has none.</summary>
    public static int[]? LabelsOf(Tensor rows, LatentLayout layout)
    {
        if (layout.Categories == 0)
        {
            return null;
        }

        var numbers = MemoryMarshal.Cast<byte, float>(VectorBytes.Copy(rows)).ToArray();
        return [.. Enumerable.Range(0, (int)rows.shape[0]).Select(row => layout.LabelOf(numbers.AsSpan(row * layout.Width, layout.Width))!.Value)];
    }
}
