namespace DistGan.Recipes;

/// <summary>
/// Mixtures of Gaussians in the plane, with the Wasserstein objective at λ = 0.1 and β₁ = 0: the same networks without the
/// penalty lose modes. On the ring the rate falls over the second half, so that samples settle onto the modes; on the grid it
/// does not, as that left fewer samples on them.
/// </summary>
internal static class PointPresets
{
    private const int Steps = 6000;

    public static Recipe Ring() => Points("ring", "relu", new LinearScheduleRecipe { Start = 0.5, To = 0.05 });

    /// <summary>
    /// Unrolling with networks, rates, batch and steps like those of the code that was published with it: the generator ten times as fast as the
    /// discriminator, no normalisation. It takes many minutes; docs/techniques/unrolling.md has its figures beside those of the plain game of the
    /// same rates (<c>techniques.unrolling.steps=0</c>).
    /// </summary>
    public static Recipe RingUnrolled()
    {
        var ring = Ring();
        return ring with
        {
            Name = "ring-unrolled",
            Latent = new() { Size = 256 },
            Objective = new MinimaxRecipe(),
            Generator = Unnormalized(ring.Generator, 1e-3),
            Discriminator = Unnormalized(ring.Discriminator, 1e-4),
            Techniques = ring.Techniques with { Unrolling = new() { Steps = 5 } },
            Batch = 512,
            Budget = new() { Steps = 25_000 },
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
        var points = Points("grid", "tanh", new LinearScheduleRecipe { Start = 0.5, To = 0.05 });
        return points with
        {
            Name = "grid-pac",
            Balance = new StaticBalanceRecipe { Discriminator = 2 },
            Techniques = points.Techniques with { Packing = new() { Samples = 2 } },
            Batch = 256,
            Budget = new() { Steps = 2 * Steps },
        };
    }

    private static PlayerRecipe Unnormalized(PlayerRecipe player, double rate)
        => player with { Activation = "tanh", Normalization = "none", Optimizer = new AdamRecipe { Rate = rate, Beta1 = 0.5, Schedule = player.Optimizer.Schedule } };

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
