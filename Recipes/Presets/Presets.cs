namespace DistGan.Recipes;

/// <summary>The catalog of presets; each is a function that returns a complete recipe.</summary>
public static class Presets
{
    /// <summary>The preset that is taken where none is named.</summary>
    public const string Default = "fashion";

    /// <summary>The presets with their descriptions, in the order of a list.</summary>
    public static IReadOnlyList<Preset> List { get; } =
    [
        new("fashion", "Clothes from 10,000 images of 28 by 28 pixels with a DCGAN, replay and an averaged generator.", FashionPresets.NonSaturating),
        new("fashion-best", "The same clothes with the lowest FID so far: hinge, spectral normalisation and high, falling rates.", FashionPresets.Best),
        new("fashion-wgan-gp", "The same clothes with a Wasserstein objective and gradient penalty.", FashionPresets.WassersteinGradientPenalty),
        new("fashion-conditional", "The same clothes by class: the discriminator judges an image by its label.", FashionPresets.Conditional),
        new("ring", "Eight Gaussians on a ring: a set on which a plain GAN loses modes and this one keeps them.", PointPresets.Ring),
        new("ring-unrolled", "A game on the ring that plain rules lose, with a generator that looks five updates of the discriminator ahead.", PointPresets.RingUnrolled),
        new("grid", "Twenty-five Gaussians on a grid.", PointPresets.Grid),
        new("grid-pac", "The same grid with a discriminator that judges two samples together.", PointPresets.GridPac),
        new("stacked-mnist", "Three digits as red, green and blue: 1,000 modes that are counted ('distgan data get mnist' first).", DigitPresets.Stacked),
        new("cifar", "Photographs of 32 by 32 pixels with residual networks, spectral normalisation and augmentation, for a GPU.", ColourPresets.Cifar),
    ];

    /// <summary>The makers by name.</summary>
    public static IReadOnlyDictionary<string, Func<Recipe>> All { get; } = List.ToDictionary(static preset => preset.Name, static preset => preset.Make);

    /// <summary>The preset of this name.</summary>
    /// <exception cref="DistGanException">There is none; the message names the nearest.</exception>
    public static Preset Get(string name)
        => List.FirstOrDefault(preset => preset.Name == name)
            ?? throw new DistGanException($"There is no preset '{name}': it {NearestName.Explain(name, All.Keys)}");
}
