using System.Globalization;
using System.Text;
using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Client.Outputs;

/// <summary>Points as a table: one line a point, after a line with the names of the columns.</summary>
internal static class PointTable
{
    /// <summary>The coordinates of points [N, C], and the label of each where they have any.</summary>
    public static byte[] Write(torch.Tensor points, IReadOnlyList<int>? labels)
    {
        var numbers = new float[points.numel()];
        VectorBytes.CopyTo(points, numbers);
        var width = (int)points.shape[1];
        var text = new StringBuilder(width == 2 ? "x,y" : string.Join(',', Enumerable.Range(0, width).Select(static i => $"x{i}"))).Append(labels is null ? "\n" : ",label\n");
        foreach (var (i, row) in numbers.Chunk(width).Index())
        {
            text.AppendJoin(',', row.Select(static number => number.ToString(CultureInfo.InvariantCulture)));
            text.Append(labels is null ? "" : string.Create(CultureInfo.InvariantCulture, $",{labels[i]}")).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
