namespace DistGan.Recipes;

/// <summary>Handwritten digits.</summary>
internal static class DigitPresets
{
    private const int Steps = 8000;

    /// <summary>
    /// The protocol of VEEGAN and PacGAN on networks that two cores train in minutes: modes and reverse KL of 26,000 samples. The discriminator has half
    /// the width of the generator; <c>discriminator.width=4</c> makes it a quarter, and with <c>techniques.packing=false</c> it is the plain game.
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
            Discriminator = new() { Width = 8, Optimizer = adam },
            Techniques = new() { Packing = new() { Samples = 4 }, Ema = new() { Decay = 0.995 } },
            Precision = "float32", // so small a network gains nothing from another
            Budget = new() { Steps = Steps },
            Evaluation = new() { EverySteps = Steps / 2, Metrics = ["modes"], Samples = 26_000 },
        };
    }
}
