using DistGan.Training.Data;
using DistGan.Training.Images;

namespace DistGan.Client.Data;

/// <summary>A picture of samples of a data set: a row for each label, or samples from all over it; points over their modes.</summary>
internal static class DataPreview
{
    private const int Columns = 10;
    private const int MostRows = 40;
    private const int MostPoints = 2500;
    private const int SmallImage = 32;

    public static byte[] Draw(IDataSet data)
    {
        if (data.Modes is { } modes)
        {
            // The first ones: modes take turns, and evenly spread points could be of a few of them.
            var count = Math.Min(MostPoints, data.Count);
            using var points = SampleCodec.Decode(Read(data, [.. Enumerable.Range(0, (int)count).Select(static i => (long)i)]), data.Shape, count);
            return PngWriter.Encode(PointPlot.Draw(points, modes));
        }

        var (indices, rows) = data.Classes is > 1 and <= MostRows ? (ByLabel(data), data.Classes) : (Spread(data, Columns * Columns), Columns);
        using var images = SampleCodec.Decode(Read(data, indices), data.Shape, indices.Count);
        return PngWriter.Encode(ImageGrid.Compose(images, rows, Columns), data.Shape.Height <= SmallImage ? 2 : 1);
    }

    /// <summary>The first samples of each label; −1 where a label has fewer.</summary>
    private static List<long> ByLabel(IDataSet data)
    {
        var indices = Enumerable.Repeat(-1L, data.Classes * Columns).ToList();
        var found = new int[data.Classes];
        for (var i = 0L; i < data.Count && found.Any(static count => count < Columns); i++)
        {
            var label = data.LabelOf(i);
            if (found[label] < Columns)
            {
                indices[label * Columns + found[label]++] = i;
            }
        }

        return indices;
    }

    private static List<long> Spread(IDataSet data, int most)
    {
        var count = Math.Min(most, data.Count);
        return [.. Enumerable.Range(0, (int)count).Select(i => i * data.Count / count)];
    }

    private static byte[] Read(IDataSet data, List<long> indices)
    {
        var bytes = new byte[indices.Count * data.Shape.ItemBytes];
        for (var i = 0; i < indices.Count; i++)
        {
            if (indices[i] >= 0)
            {
                data.Read(indices[i], bytes.AsSpan(i * data.Shape.ItemBytes, data.Shape.ItemBytes));
            }
        }

        return bytes;
    }
}
