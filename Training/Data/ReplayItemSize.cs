using DistGan.Recipes;

namespace DistGan.Training.Data;

/// <summary>Bytes of a generated sample as it is stored for replay.</summary>
public static class ReplayItemSize
{
    /// <summary>Those of the sample, and four of its label where the recipe uses labels.</summary>
    public static int Of(Recipe recipe, SampleShape shape)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return shape.ItemBytes + recipe.Conditioning.LabelBytes;
    }
}
