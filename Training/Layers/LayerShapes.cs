using DistGan.Recipes;

namespace DistGan.Training.Layers;

/// <summary>What layers say when a shape does not fit.</summary>
internal static class LayerShapes
{
    public static void Require(bool fits, string layer, string expected, long[] actual)
    {
        if (!fits)
        {
            throw new DistGanException($"Layer {layer} takes input of shape {expected}, but gets [{string.Join(", ", actual)}]: change the layers before it.");
        }
    }
}
