using static TorchSharp.torch;

namespace DistGan.Training.Conditions;

/// <summary>Labels as numbers for networks.</summary>
public static class LabelCodec
{
    /// <summary>One-hot rows [N, K], float32.</summary>
    /// <param name="labels">N labels, from 0.</param>
    /// <param name="classes">K.</param>
    /// <param name="device">Where they lie.</param>
    public static Tensor OneHot(ReadOnlySpan<int> labels, int classes, Device device)
    {
        var rows = new float[checked(labels.Length * classes)];
        for (var i = 0; i < labels.Length; i++)
        {
            rows[i * classes + labels[i]] = 1;
        }

        return tensor(rows, [labels.Length, classes], device: device);
    }

    /// <summary>The labels of one-hot rows [N, K].</summary>
    public static int[] LabelsOf(Tensor codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        using var scope = NewDisposeScope();
        return [.. codes.detach().argmax(1).to_type(ScalarType.Int32).cpu().data<int>().ToArray()];
    }
}
