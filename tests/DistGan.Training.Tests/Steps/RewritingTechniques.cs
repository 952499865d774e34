using DistGan.Recipes;

namespace DistGan.Training.Tests.Steps;

/// <summary>Techniques that change networks or what they see, each in a small recipe of its own, for contracts that all of them keep.</summary>
internal static class RewritingTechniques
{
    private static readonly Dictionary<string, TechniquesRecipe> Cases = new()
    {
        ["packing"] = new() { Packing = new() },
        ["minibatch-discrimination"] = new() { MinibatchDiscrimination = new() { Kernels = 3, Dimensions = 2 } },
        ["virtual-batch-normalization"] = new() { VirtualBatchNormalization = new() { Reference = 5 } },
        ["spectral-normalization"] = new() { SpectralNormalization = new() { Players = "both" } },
        ["all of them"] = new()
        {
            Packing = new(),
            MinibatchDiscrimination = new() { Kernels = 3, Dimensions = 2 },
            VirtualBatchNormalization = new() { Reference = 5 },
            SpectralNormalization = new() { Players = "both" },
        },
    };

    public static IEnumerable<string> Names => Cases.Keys;

    /// <summary>The technique beside replay and the averages.</summary>
    public static Recipe Of(string name, string network)
    {
        var tiny = TinyRecipes.Of(network, "parallel", everything: true);
        var on = Cases[name];
        return tiny with
        {
            Techniques = tiny.Techniques with
            {
                Packing = on.Packing,
                MinibatchDiscrimination = on.MinibatchDiscrimination,
                VirtualBatchNormalization = on.VirtualBatchNormalization,
                SpectralNormalization = on.SpectralNormalization,
            },
        };
    }
}
