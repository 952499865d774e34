using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>The complete, serialisable description of what to train; every key has a default, so an empty recipe is valid.</summary>
public sealed record Recipe
{
    /// <summary>The version of this shape, written into every serialised recipe.</summary>
    public const int SchemaVersion = 1;

    [Description("Name of the job; also the default name of its run folder.")]
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,62}$", ErrorMessage = "1 to 63 lower-case letters, digits and hyphens, not a hyphen first")]
    public string Name { get; init; } = "fashion";

    [Description("The data set that is learnt.")]
    public DataRecipe Data { get; init; } = new();

    [Description("The distribution that the generator maps to images.")]
    public LatentRecipe Latent { get; init; } = new();

    [Description("The network that makes images.")]
    public PlayerRecipe Generator { get; init; } = new();

    [Description("The network that tells real from generated images.")]
    public PlayerRecipe Discriminator { get; init; } = new();

    [Description("The game: what each player minimises. A name, or a mapping with 'kind' and the options of that kind.")]
    public ObjectiveRecipe Objective { get; init; } = new NonSaturatingRecipe();

    [Description("How labels of the data, or codes of its own, enter the networks. A name, or a mapping with 'kind' and the options of that kind.")]
    public ConditioningRecipe Conditioning { get; init; } = new UnconditionalRecipe();

    [Description("Remedies; a key that is present is on, null or false is off, {} or true is on with defaults.")]
    public TechniquesRecipe Techniques { get; init; } = new();

    [Description("How many updates each player gets in a step.")]
    public BalanceRecipe Balance { get; init; } = new StaticBalanceRecipe();

    [Description("How replicas share what they learn.")]
    public TopologyRecipe Topology { get; init; } = new();

    [Description("Weights that the players begin with instead of random ones; 'train --from' writes it. false begins at random.")]
    public StartRecipe? Start { get; init; }

    [Description("Real images in one discriminator update.")]
    [Range(1, 65536)]
    public int Batch { get; init; } = 64;

    [Description("Number format of the networks' arithmetic; auto is bfloat16 where a self-test shows that the device has it and it is faster, else float32.")]
    [AllowedValues("auto", "float32", "bfloat16")]
    public string Precision { get; init; } = "auto";

    [Description("Origin of every random number of the job.")]
    [Range(0, long.MaxValue)]
    public long Seed { get; init; } = 1;

    [Description("When the job is done: the first of these that is reached.")]
    public BudgetRecipe Budget { get; init; } = new();

    [Description("Scores computed while training; false trains without scores.")]
    public EvaluationRecipe? Evaluation { get; init; } = new();

    [Description("Pictures drawn from fixed latents while training.")]
    public SamplesRecipe Samples { get; init; } = new();

    [Description("Complete resumable states.")]
    public SnapshotsRecipe Snapshots { get; init; } = new();

    [Description("What to do when a loss or a parameter is not finite.")]
    [AllowedValues("rollback", "stop", "continue")]
    public string OnDivergence { get; init; } = "rollback";

    [Description("Whether reports are watched for mode collapse, vanishing gradients, a player that is ahead, oscillation and divergence; each is told once, in an event.")]
    public bool Diagnosis { get; init; } = true;

    [Description("CPU threads of one replica; auto shares the cores among the replicas of this machine. Frozen into the run's recipe.yaml.")]
    [Range(1, 1024)]
    [Auto]
    public int? Threads { get; init; }

    /// <summary>Whether the loss of D contains a gradient of D with respect to its input, by the objective or by a technique.</summary>
    public bool UsesGradientOfDiscriminator() => Objective.UsesGradientOfDiscriminator || Techniques.UsesGradientOfDiscriminator();
}
