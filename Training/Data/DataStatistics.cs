using System.Runtime.InteropServices;
using DistGan.Training.Data.Sources;

namespace DistGan.Training.Data;

/// <summary>
/// What a data set is made of: samples per class, and the mean and standard deviation (over N, not N − 1) of each channel of
/// images as the networks see them, in [−1, 1], or of each dimension of points.
/// </summary>
/// <param name="PerClass">Samples by label; empty where there are no labels.</param>
/// <param name="Means">By channel or dimension.</param>
/// <param name="Deviations">By channel or dimension.</param>
public sealed record DataStatistics(IReadOnlyList<long> PerClass, IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)
{
    private const int ReportEvery = 4096;

    /// <summary>Goes through every sample once.</summary>
    public static DataStatistics Of(IDataSet data, Action<DataProgress> report)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (shape, item, perClass) = (data.Shape, new byte[data.Shape.ItemBytes], new long[data.Classes]);
        var (sums, squares) = (new double[shape.Channels], new double[shape.Channels]);
        for (var i = 0L; i < data.Count; i++)
        {
            data.Read(i, item);
            Add(item, shape, sums, squares);
            if (data.Classes > 0)
            {
                perClass[data.LabelOf(i)]++;
            }

            if (i % ReportEvery == 0)
            {
                report(new DataProgress("counting", i, data.Count));
            }
        }

        var count = (double)data.Count * (shape.IsImage ? shape.Height * shape.Width : 1);
        var means = sums.Select(sum => sum / count).ToArray();
        return new DataStatistics(perClass, means, [.. squares.Select((square, c) => Math.Sqrt(Math.Max(0, square / count - means[c] * means[c])))]);
    }

    private static void Add(byte[] item, SampleShape shape, double[] sums, double[] squares)
    {
        if (!shape.IsImage)
        {
            var point = MemoryMarshal.Cast<byte, float>(item);
            for (var d = 0; d < point.Length; d++)
            {
                sums[d] += point[d];
                squares[d] += (double)point[d] * point[d];
            }

            return;
        }

        var plane = shape.Height * shape.Width;
        for (var c = 0; c < shape.Channels; c++)
        {
            foreach (var value in item.AsSpan(c * plane, plane))
            {
                var x = value / 127.5 - 1;
                sums[c] += x;
                squares[c] += x * x;
            }
        }
    }
}
