namespace DistGan.Recipes;

/// <summary>Which sizes of images each network makes, and how often it can double them.</summary>
public static class ImageNetworks
{
    /// <summary>Height and width of the smallest map that depth auto starts from.</summary>
    public const int AutoMap = 4;

    /// <summary>Height and width of the smallest map that any depth may start from.</summary>
    public const int SmallestMap = 2;

    /// <summary>Up to this size the maps of a residual network all have the same width, and its discriminator is shallow.</summary>
    public const int LargestOfOneWidth = 32;

    /// <summary>The depth auto of such a discriminator.</summary>
    public const int ShallowDepth = 2;

    private static readonly int[] DoubledSizes = [28, 32, 64, 128];

    /// <summary>Whether a network works on images alone.</summary>
    public static bool IsOfImages(string network) => network is "dcgan" or "residual" or "infogan";

    /// <summary>Whether a network of images doubles them as often as its depth says.</summary>
    public static bool HasDoublings(string network) => network is "dcgan" or "residual";

    /// <summary>Whether a network of a recipe halves or doubles images of this size as often as its depth says; an autoencoder of other data has dense layers.</summary>
    public static bool HasDoublings(string network, int size) => network == "autoencoder" ? size >= 2 * AutoMap && size % 4 == 0 : HasDoublings(network);

    /// <summary>Whether a network makes square images of a size.</summary>
    public static bool Makes(string network, int size) => network switch
    {
        _ when HasDoublings(network) => DoubledSizes.Contains(size),
        "infogan" => size % 4 == 0,
        _ => true,
    };

    /// <summary>The sizes of a network, for messages.</summary>
    public static string Sizes(string network)
        => HasDoublings(network) ? $"{string.Join(", ", DoubledSizes[..^1])} or {DoubledSizes[^1]} pixels" : "a multiple of 4 pixels";

    /// <summary>How often a size can be halved without remainder down to at least <paramref name="smallest"/> pixels: 28 → 14 → 7 twice.</summary>
    public static int Doublings(int size, int smallest = SmallestMap)
    {
        var count = 0;
        for (; size % 2 == 0 && size / 2 >= smallest; size /= 2)
        {
            count++;
        }

        return count;
    }

    /// <summary>The sizes of the maps inside a network that can attend to itself, largest first: 32 with depth 3 has 16, 8 and 4.</summary>
    public static IReadOnlyList<int> InnerMaps(PlayerRecipe player, int size, bool isDiscriminator)
    {
        var auto = player.Network == "residual" && isDiscriminator && size <= LargestOfOneWidth ? ShallowDepth : Doublings(size, AutoMap);
        return [.. Enumerable.Range(1, Math.Min(player.Depth ?? auto, Doublings(size))).Select(level => size >> level)];
    }
}
