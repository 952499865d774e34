namespace DistGan.Recipes;

/// <summary>Small photographs.</summary>
internal static class ColourPresets
{
    /// <summary>
    /// The residual networks and settings of Miyato et al. (2018, table 3 and section 4): hinge, spectral normalisation, five updates of D for one of G, both
    /// rates falling to 0; with DiffAugment, as 50,000 images are few. It is meant for a GPU.
    /// </summary>
    public static Recipe Cifar()
    {
        var adam = new AdamRecipe { Rate = 2e-4, Beta1 = 0, Beta2 = 0.9, Schedule = new LinearScheduleRecipe { Start = 0, To = 0 } };
        return new()
        {
            Name = "cifar",
            Data = new() { Name = "cifar-10", Size = 32 },
            Latent = new() { Size = 128 },
            Generator = new() { Network = "residual", Width = 256, Optimizer = adam },
            Discriminator = new() { Network = "residual", Width = 128, Normalization = "none", Optimizer = adam },
            Objective = new HingeRecipe(),
            Balance = new StaticBalanceRecipe { Discriminator = 5 },
            Techniques = new() { SpectralNormalization = new(), Diffaugment = new() { Policy = ["color", "translation", "cutout"] }, Ema = new() { Decay = 0.9999 } },
            Budget = new() { Steps = 100_000 },
            Evaluation = new() { EverySteps = 5000, Metrics = ["fid"], Samples = 10_000 },
            Samples = new() { EverySteps = 1000 },
            Snapshots = new() { EverySteps = 5000 },
        };
    }
}
