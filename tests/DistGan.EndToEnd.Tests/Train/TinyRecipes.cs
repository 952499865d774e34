using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Train;

/// <summary>Recipes that take a few seconds.</summary>
internal static class TinyRecipes
{
    private const string Common = """
        topology: { round-steps: 10 }
        snapshots: { every-steps: 20 }
        samples: { every-steps: 30, rows: 4, columns: 4 }
        threads: 1
        precision: float32

        """;

    /// <summary>Gaussians on a ring, 60 steps.</summary>
    public static string Ring(TempFolder folder, string more = "budget: { steps: 60 }") => folder.Write("ring.yaml", Common + more + """

        name: tiny-ring
        data: { name: ring }
        latent: { size: 2 }
        generator: { network: mlp, width: 32 }
        discriminator: { network: mlp, width: 32 }
        techniques: { experience-replay: { budget-bytes: 65536 }, ema: {} }
        evaluation: { every-steps: 60, samples: 256 }
        """);

    /// <summary>Clothes with few channels, 60 steps.</summary>
    public static string Fashion(TempFolder folder, string more = "budget: { steps: 60 }") => folder.Write("fashion.yaml", Common + more + """

        name: tiny-fashion
        data: { name: fashion-10k }
        batch: 16
        latent: { size: 16 }
        generator: { network: dcgan, width: 8 }
        discriminator: { network: dcgan, width: 8 }
        techniques: { experience-replay: { budget-bytes: 1048576 }, historical-averaging: {}, ema: {} }
        evaluation: false
        """);
}
