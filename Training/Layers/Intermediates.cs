using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>What becomes of tensors between layers.</summary>
internal static class Intermediates
{
    /// <summary>Lets go of what lies between input and output: what backward needs of it the graph holds, and frees as it goes.</summary>
    public static Tensor Next(Tensor input, Tensor value, Tensor next) => Next(input, null, value, next);

    /// <summary>As <see cref="Next(Tensor, Tensor, Tensor)"/>, and spares one that somebody still wants.</summary>
    public static Tensor Next(Tensor input, Tensor? kept, Tensor value, Tensor next)
    {
        if (!ReferenceEquals(value, input) && !ReferenceEquals(value, kept) && !ReferenceEquals(value, next))
        {
            value.Dispose();
        }

        return next;
    }
}
