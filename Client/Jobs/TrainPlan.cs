using DistGan.Recipes;

namespace DistGan.Client.Jobs;

/// <summary>A training that has been checked and may start.</summary>
public sealed record TrainPlan
{
    /// <summary>Complete, with threads and precision resolved.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Absolute path of the run folder.</summary>
    public required string RunFolder { get; init; }

    /// <summary>Go on from the newest snapshot in the folder.</summary>
    public bool Resume { get; init; }

    /// <summary>Write TensorBoard event files.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>The port of the dashboard on the loopback interface; null for none.</summary>
    public int? Web { get; init; }

    /// <summary>End with a snapshot when standard input ends.</summary>
    public bool StopWithInput { get; init; }

    /// <summary>cpu, cuda or cuda:I.</summary>
    public required string Device { get; init; }
}
