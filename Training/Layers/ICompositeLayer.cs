namespace DistGan.Training.Layers;

/// <summary>A layer that is made of layers, so that techniques find and replace what is inside.</summary>
public interface ICompositeLayer : ILayer
{
    /// <summary>The layers directly inside.</summary>
    IEnumerable<ILayer> Parts { get; }

    /// <summary>The same layer with each part replaced by what <paramref name="replace"/> makes of it.</summary>
    ICompositeLayer Map(Func<ILayer, ILayer> replace);
}
