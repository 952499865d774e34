namespace DistGan.Recipes;

/// <summary>
/// Mixtures of Gaussians in the plane, with the Wasserstein objective at λ = 0.1 and β₁ = 0: the same networks without the
/// penalty lose modes. On the ring the rate falls over the second half, so that samples settle onto the modes; on the grid it
/// does not, as that left fewer samples on them.
/// </summary>
internal static class PointPresets
{
    private const int Steps = 6000;

    private static LinearScheduleRecipe Falling => new() { Start = 0.5, To = 0.05 };

    public static Recipe Ring() => Points("ring", "relu", Falling);

    /// <summary>
    /// A game that the plain rules lose in most seeds, with the remedy: batch normalisation in the generator alone, and a discriminator ten times
    /// slower, so that the generator chases what the discriminator has not yet answered. docs/techniques/unrolling.md has its figures beside those
    /// of the same game without looking ahead (<c>techniques.unrolling.steps=0</c>).
    /// </summary>
    public static Recipe RingUnrolled()
    {
        var ring = Ring();
        return ring with
        {
            Name = "ring-unrolled",
            Objective = new NonSaturatingRecipe(),
            Generator = Player("relu", "batch", 1e-3),
            Discriminator = Player("relu", "none", 1e-4),
            Techniques = ring.Techniques with { Unrolling = new() { Steps = 5 } },
            Budget = new() { Steps = 10_000 },
            Evaluation = ring.Evaluation! with { EverySteps = 2500 },
        };
    }

    public static Recipe Grid() => Points("grid", "tanh", new ConstantScheduleRecipe());

    /// <summary>
    /// The grid with D judging two samples at a time, twice the batch, and twice the steps of <see cref="Grid"/> with a falling rate and two
    /// updates of D to one of G: what packing needs here for samples to settle on the modes.
    /// </summary>
    public static Recipe GridPac()
    {
        var points = Points("grid", "tanh", Falling);
        return points with
        {
            Name = "grid-pac",
            Balance = new StaticBalanceRecipe { Discriminator = 2 },
            Techniques = points.Techniques with { Packing = new() { Samples = 2 } },
            Batch = 256,
            Budget = new() { Steps = 2 * Steps },
        };
    }

    private static PlayerRecipe Player(string activation, string normalization, double rate) => new()
    {
        Network = "mlp",
        Width = 128,
        Depth = 2,
        Activation = activation,
        Normalization = normalization,
        Optimizer = new AdamRecipe { Rate = rate, Beta1 = 0.5, Schedule = Falling },
    };

    private static Recipe Points(string name, string activation, ScheduleRecipe schedule)
    {
        var player = new PlayerRecipe
        {
            Network = "mlp",
            Width = 128,
            Depth = 2,
            Activation = activation,
            Optimizer = new AdamRecipe { Rate = 5e-3, Beta1 = 0, Schedule = schedule },
        };
        return new()
        {
            Name = name,
            Data = new() { Name = name },
            Latent = new() { Size = 64 },
            Generator = player,
            Discriminator = player,
            Objective = new WassersteinGradientPenaltyRecipe { Penalty = 0.1 },
            Techniques = new() { Ema = new() { Decay = 0.995 } },
            Topology = new() { RoundSteps = 200 },
            Batch = 128,
            Precision = "float32", // a bfloat16 near 1 is as coarse as a mode is wide
            Budget = new() { Steps = Steps },
            Evaluation = new() { EverySteps = 1000, Metrics = ["modes"], Samples = 2500 },
            Samples = new() { EverySteps = 500, Rows = 32, Columns = 32 },
            Snapshots = new() { EverySteps = 1000 },
        };
    }
}
