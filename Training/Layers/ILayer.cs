namespace DistGan.Training.Layers;

/// <summary>The description of a layer: a record that techniques can replace before a network is built.</summary>
public interface ILayer
{
    /// <summary>Declares weights and buffers for an input of shape <paramref name="input"/> (without batch dimension).</summary>
    /// <exception cref="DistGan.Recipes.DistGanException">The layer cannot take that shape.</exception>
    BuiltLayer Build(LayoutBuilder layout, long[] input);
}
