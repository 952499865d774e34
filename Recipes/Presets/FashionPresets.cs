namespace DistGan.Recipes;

/// <summary>Clothes of 28 by 28 pixels.</summary>
internal static class FashionPresets
{
    public static Recipe NonSaturating() => new()
    {
        Name = "fashion",
        Techniques = new()
        {
            LabelSmoothing = new() { Target = 0.9 },
            ExperienceReplay = new() { Mode = "parallel", Share = 0.5, BudgetBytes = 32L << 20 },
            Ema = new() { Decay = 0.999 },
        },
    };

    /// <summary>
    /// The lowest FID that was found within the steps of <see cref="NonSaturating"/>: hinge and spectral normalisation bear ten times its rates, with
    /// β₁ = 0, which then fall so that samples settle. docs/results.md has the figures.
    /// </summary>
    public static Recipe Best()
    {
        var player = new PlayerRecipe
        {
            Optimizer = new AdamRecipe { Rate = 2e-3, Beta1 = 0, Schedule = new LinearScheduleRecipe { Start = 0.5, To = 0.05 } },
        };
        return new()
        {
            Name = "fashion-best",
            Objective = new HingeRecipe(),
            Generator = player,
            Discriminator = player,
            Techniques = new() { SpectralNormalization = new(), Ema = new() { Decay = 0.995 } },
        };
    }

    /// <summary>As <see cref="NonSaturating"/>, with labels by projection: <c>generate --label</c> makes the class that is asked for.</summary>
    public static Recipe Conditional()
    {
        var plain = NonSaturating();
        return plain with
        {
            Name = "fashion-conditional",
            Conditioning = new ProjectionRecipe(),
            Evaluation = plain.Evaluation! with { Metrics = ["fid", "label_accuracy"] },
        };
    }

    public static Recipe WassersteinGradientPenalty()
    {
        var adam = new AdamRecipe { Rate = 2e-4, Beta1 = 0, Beta2 = 0.9 };
        return new()
        {
            Name = "fashion-wgan-gp",
            Objective = new WassersteinGradientPenaltyRecipe { Penalty = 10 },
            Generator = new() { Optimizer = adam },
            Discriminator = new() { Optimizer = adam },
            Balance = new StaticBalanceRecipe { Discriminator = 2 },
            Techniques = new()
            {
                ExperienceReplay = new() { Mode = "half", Share = 0.25, BudgetBytes = 32L << 20 },
                Ema = new() { Decay = 0.999 },
            },
        };
    }
}
