using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Numerics;

namespace DistGan.Recipes;

/// <summary>How many replicas, and what they exchange.</summary>
public sealed record TopologyRecipe
{
    /// <summary>The kind in which replicas merge their parameters.</summary>
    public const string Averaging = "averaging";

    /// <summary>The kind in which replicas move towards each other in pairs.</summary>
    public const string Gossip = "gossip";

    /// <summary>The kind in which replicas take the place of better ones.</summary>
    public const string Populating = "population";

    /// <summary>The balance that is one for all replicas.</summary>
    public const string OfJob = "job";

    /// <summary>The kind in which one generator plays against a discriminator in each replica.</summary>
    public const string MultiDiscriminator = "multi-discriminator";

    /// <summary>The split in which each replica is shown all data.</summary>
    public const string Whole = "whole";

    /// <summary>The split in which each replica has a fixed part of the data.</summary>
    public const string Own = "own";

    [Description("independent: replicas share history, not parameters. averaging: they also merge their parameters after each round (local SGD). gossip: each also moves, after each round, towards one other replica that is drawn anew. multi-discriminator: replica 0 has the one generator, and each replica a discriminator of its own (MD-GAN). population: each has hyperparameters of its own, and the worst take the weights and varied hyperparameters of the best (PBT).")]
    [AllowedValues("independent", Averaging, MultiDiscriminator, Gossip, Populating)]
    public string Kind { get; init; } = "independent";

    [Description("Generator/discriminator pairs that train at the same time.")]
    [Range(1, 1024)]
    public int Replicas { get; init; } = 1;

    [Description("What of the data each replica is shown. whole: all, in an order of its own; pass: together they go through all once a pass, in new parts each time; own: each has a fixed part.")]
    [AllowedValues(Whole, "pass", Own)]
    public string DataSplit { get; init; } = Whole;

    [Description("Whose reports balance the updates. replica: its own; job: the mean of all, by which the coordinator sets the updates of all once a round.")]
    [AllowedValues("replica", OfJob)]
    public string Balance { get; init; } = "replica";

    [Description("Steps between two exchanges with the cluster; a report is made as often.")]
    [Range(1, 100000)]
    public int RoundSteps { get; init; } = 50;

    [Description("How long a replica waits for an answer of the cluster before it goes on with what it has, in seconds.")]
    [Range(0, 3600)]
    public double PatienceSeconds { get; init; } = 10;

    [Description("averaging: what the replicas move to. mean: the mean of all, weighted by images shown; elastic: towards a shared centre that follows them (EASGD); nesterov: the mean as a gradient of an outer Nesterov step (DiLoCo).")]
    [AllowedValues("mean", "elastic", "nesterov")]
    public string Merge { get; init; } = "mean";

    [Description("merge elastic: the share of the way to the replicas' mean that the centre goes in a round; each replica goes that share over the number of replicas towards the centre.")]
    [Range(0, 1, MinimumIsExclusive = true)]
    public double Elasticity { get; init; } = 0.9;

    [Description("merge nesterov: rate of the outer step.")]
    [Range(0, 2, MinimumIsExclusive = true)]
    public double OuterRate { get; init; } = 0.7;

    [Description("merge nesterov: momentum of the outer step.")]
    [Range(0, 1, MaximumIsExclusive = true)]
    public double OuterMomentum { get; init; } = 0.9;

    [Description("averaging: replicas that a merge needs at least; auto is more than half. multi-discriminator: discriminators, that of replica 0 among them, whose gradients an update of the generator waits for; auto is all that keep up.")]
    [Range(2, 1024)]
    [Auto]
    public int? Quorum { get; init; }

    [Description("averaging: how long a merge waits for replicas that are behind, in seconds from the first contribution; afterwards the others go on without them. multi-discriminator: how long an update of the generator waits for the other discriminators, in seconds from its own; a swap waits half as long.")]
    [Range(0, 20, MinimumIsExclusive = true)]
    public double DeadlineSeconds { get; init; } = 5;

    [Description("gossip: the share of the way that a replica goes, after each round, towards the other one.")]
    [Range(0, 1, MinimumIsExclusive = true)]
    public double Share { get; init; } = 0.5;

    [Description("averaging: a contribution that missed more merges than this is not counted; its replica takes the merge all the same. gossip: a replica that is more rounds behind than this is passed over, and goes all the way to another one itself.")]
    [Range(0, 1000)]
    public int MaxStaleRounds { get; init; } = 4;

    [Description("averaging: how what a round changed travels: float32 exactly; bfloat16 in two bytes a number; int8 in one. What rounding loses is made up for in later rounds.")]
    [AllowedValues("float32", "bfloat16", "int8")]
    public string Wire { get; init; } = "float32";

    [Description("population: how the replicas are compared, and what varies between them.")]
    public PopulationRecipe Population { get; init; } = new();

    [Description("multi-discriminator: batches k of generated samples for one update of the generator; discriminator n judges batch n mod k and learns from batch (n + 1) mod k. auto is the logarithm of the replicas to the base 2, rounded down, and at least 1.")]
    [Range(1, 64)]
    [Auto]
    public int? FakeBatches { get; init; }

    [Description("multi-discriminator: passes through its own data after which each discriminator moves to another replica; 0 for never.")]
    [Range(0, 1000)]
    public int SwapPasses { get; init; } = 1;

    /// <summary>Replicas that a merge needs at least: the recipe's quorum, or more than half.</summary>
    public int MergeQuorum() => Quorum ?? (Replicas / 2) + 1;

    /// <summary>Batches k of generated samples for one update of the generator: the recipe's, or max(1, ⌊log₂ N⌋) (Hardy et al. 2019).</summary>
    public int GeneratedBatches() => FakeBatches ?? Math.Max(1, BitOperations.Log2((uint)Replicas));

    /// <summary>Whether one generator plays against many discriminators.</summary>
    public bool HasManyDiscriminators() => Kind == MultiDiscriminator;

    /// <summary>Whether a replica trains a generator: all do, except where one plays against many discriminators, which replica 0 has.</summary>
    public bool TrainsGenerator(int replica) => !HasManyDiscriminators() || replica == 0;

    /// <summary>Whether replicas merge their parameters, all at the same time.</summary>
    public bool Merges() => Kind == Averaging;

    /// <summary>Whether replicas move towards each other in pairs.</summary>
    public bool Gossips() => Kind == Gossip;

    /// <summary>Whether each replica has hyperparameters of its own, and the worst take the place of the best.</summary>
    public bool Populates() => Kind == Populating;

    /// <summary>Whether parameters of one replica reach others: such replicas start from the same weights.</summary>
    public bool SharesParameters() => Merges() || Gossips();

    /// <summary>Whether the coordinator balances the updates of all replicas.</summary>
    public bool BalancesTogether() => Balance == OfJob && Replicas > 1;
}
