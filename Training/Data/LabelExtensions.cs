using DistGan.Recipes;

namespace DistGan.Training.Data;

/// <summary>Labels of a data set as a whole.</summary>
public static class LabelExtensions
{
    /// <summary>How many samples each class has, and what it is called; null where there are no labels.</summary>
    public static DataLabels? CountLabels(this IDataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Classes == 0)
        {
            return null;
        }

        var counts = new long[data.Classes];
        for (var i = 0L; i < data.Count; i++)
        {
            counts[data.LabelOf(i)]++;
        }

        return new DataLabels(counts, data.ClassNames.Count == data.Classes ? data.ClassNames : []);
    }
}
