using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Replay of generated images that were kept.</summary>
public sealed record ExperienceReplayRecipe
{
    [Description("parallel: replayed images beside a full fresh batch; half: they take the place of a share of the fresh batch (SimGAN); pool: each fresh image is swapped with probability 1/2 for one of a local pool (CycleGAN).")]
    [AllowedValues("parallel", "half", "pool")]
    public string Mode { get; init; } = "parallel";

    [Description("Bytes of images that the job keeps.")]
    [Range(4096, 1L << 40)]
    public long BudgetBytes { get; init; } = 32L << 20;

    [Description("Replayed images in a discriminator update as a share of the batch.")]
    [Range(0, 1, MinimumIsExclusive = true)]
    public double Share { get; init; } = 0.5;

    [Description("Images in the pool of mode pool.")]
    [Range(1, 1 << 20)]
    public int PoolSize { get; init; } = 50;

    [Description("Which stored images are replayed. uniform: each alike; recency: newer ones rather; fifo: in the order in which they came, and again from the oldest once all were shown.")]
    [AllowedValues("uniform", "recency", "fifo")]
    public string Selection { get; init; } = "uniform";

    [Description("selection recency: the age at which an image is replayed half as often as the newest, as a share of what is stored.")]
    [Range(0, 100, MinimumIsExclusive = true)]
    public double HalfLife { get; init; } = 0.25;

    [Description("How often an image of another replica is replayed for each time that one of the replica's own is; 0 replays own ones alone.")]
    [Range(0, 1000)]
    public double OthersWeight { get; init; } = 1;

    [Description("Images that may be replayed for each that is stored, on average; beyond that D sees fresh ones alone. null for no limit.")]
    [Range(0, 1000, MinimumIsExclusive = true)]
    public double? SamplesPerInsert { get; init; }

    [Description("Parts of the history of images, each with an equal part of budget-bytes in the memory of the worker that trains its replica; replica r keeps its images in part r modulo their number, and draws from all. null for one a replica of the job as submitted; 1 for a single buffer with the control plane.")]
    [Range(1, 1024)]
    public int? Shards { get; init; }

    /// <summary>Parts of the history of a job that was submitted with so many replicas: never more than those.</summary>
    public int ShardsOf(int replicas) => Math.Min(Shards ?? replicas, Math.Max(1, replicas));

    /// <summary>Bytes of one part of several; the parts of all together are <see cref="BudgetBytes"/>.</summary>
    public long BudgetOf(int shard, int shards) => (BudgetBytes / shards) + (shard < BudgetBytes % shards ? 1 : 0);

    /// <summary>Replayed images in a discriminator update: round(share · batch), halves up; 0 is refused by validation.</summary>
    public int ImagesIn(int batch) => (int)Math.Floor((Share * batch) + 0.5);
}
