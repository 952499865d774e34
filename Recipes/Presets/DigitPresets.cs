namespace DistGan.Recipes;

/// <summary>Handwritten digits.</summary>
internal static class DigitPresets
{
    private const int Steps = 8000;

    /// <summary>
    /// The protocol of VEEGAN and PacGAN on networks that two cores train in minutes: modes and reverse KL of 26,000 samples. The discriminator has a
    /// quarter of the generator's width, as in the harder half of the table of Metz et al. (2017); <c>discriminator.width=8</c> makes it a half, and
    /// <c>techniques.packing=false</c> is the plain game on the same networks.
    /// </summary>
    public static Recipe Stacked()
    {
        var adam = new AdamRecipe { Rate = 1e-3, Beta1 = 0.5 };
        return new()
        {
            Name = "stacked-mnist",
            Data = new() { Name = "stacked-mnist" },
            Latent = new() { Size = 64 },
            Generator = new() { Width = 16, Optimizer = adam },
            Discriminator = new() { Width = 4, Optimizer = adam },
            Techniques = new() { Packing = new() { Samples = 4 }, Ema = new() { Decay = 0.995 } },
            Precision = "float32", // so small a network gains nothing from another
            Budget = new() { Steps = Steps },
            Evaluation = new() { EverySteps = Steps / 2, Metrics = ["modes"], Samples = 26_000 },
        };
    }
}
