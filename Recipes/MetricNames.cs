using System.Globalization;

namespace DistGan.Recipes;

/// <summary>Names of the values in reports, metrics files and telemetry.</summary>
public static class MetricNames
{
    public const string DiscriminatorLoss = "d_loss";
    public const string GeneratorLoss = "g_loss";
    public const string RealAccuracy = "d_real_accuracy";
    public const string FakeAccuracy = "d_fake_accuracy";
    public const string ReplayedAccuracy = "d_replayed_accuracy";
    public const string RealScore = "d_real_score";
    public const string FakeScore = "d_fake_score";
    public const string DiscriminatorGradientNorm = "d_grad_norm";
    public const string GeneratorGradientNorm = "g_grad_norm";
    public const string DiscriminatorRate = "d_rate";
    public const string GeneratorRate = "g_rate";
    public const string GradientPenalty = "gradient_penalty";
    public const string BeganK = "began_k";
    public const string BeganConvergence = "began_convergence";
    public const string SampleDiversity = "sample_diversity";
    public const string R1Penalty = "r1_penalty";
    public const string R2Penalty = "r2_penalty";
    public const string Reconstruction = "reconstruction";
    public const string KlDivergence = "kl";
    public const string RealClassAccuracy = "real_class_accuracy";
    public const string FakeClassAccuracy = "fake_class_accuracy";
    public const string MutualInformation = "mutual_information";
    public const string BalanceRatio = "balance_ratio";
    public const string BalanceSignal = "balance_signal";
    public const string BalanceTarget = "balance_target";
    public const string LeftOutDiscriminatorUpdates = "left_out_d_updates";
    public const string LeftOutGeneratorUpdates = "left_out_g_updates";
    public const string ReplayFill = "replay_fill";
    public const string ReplaySamplesPerInsert = "replay_samples_per_insert";
    public const string ReplayAgeSteps = "replay_age_steps";
    public const string ReplayStalenessSteps = "replay_staleness_steps";
    public const string ParametersStalenessSteps = "parameters_staleness_steps";
    public const string ReplayOthersShare = "replay_others_share";
    public const string ReplayShardsMissed = "replay_shards_missed";
    public const string MergeStalenessSteps = "merge_staleness_steps";
    public const string MergeMembers = "merge_members";
    public const string PartnersSkipped = "partners_skipped";
    public const string FeedbackMembers = "feedback_members";
    public const string FeedbackLate = "feedback_late";
    public const string DiscriminatorSwaps = "discriminator_swaps";
    public const string ImagesPerSecond = "images_per_second";
    public const string StepsPerSecond = "steps_per_second";
    public const string Fid = "fid";
    public const string Kid = "kid";
    public const string KidStandardError = "kid_standard_error";
    public const string Prdc = "prdc";
    public const string Precision = "precision";
    public const string Recall = "recall";
    public const string Density = "density";
    public const string Coverage = "coverage";
    public const string InceptionScore = "is";
    public const string LeastClassShare = "least_class_share";
    public const string Memorisation = "memorisation";
    public const string CopiedShare = "copied_share";
    public const string IdenticalShare = "identical_share";
    public const string DuplicateShare = "duplicate_share";
    public const string Diversity = "diversity";
    public const string LabelAccuracy = "label_accuracy";
    public const string Modes = "modes";
    public const string SolidModes = "solid_modes";
    public const string HighQuality = "high_quality";
    public const string ReverseKl = "reverse_kl";

    private const string ClassSharePrefix = "class_share_";

    /// <summary>Share of generated images that a classifier gives to a class, counted from 0.</summary>
    public static string ClassShare(int label) => string.Create(CultureInfo.InvariantCulture, $"{ClassSharePrefix}{label}");

    /// <summary>Whether a metric is a share, from 0 to 1.</summary>
    public static bool IsShare(string name)
        => IsClassShare(name) || name is Precision or Recall or Coverage or HighQuality or LeastClassShare or CopiedShare or IdenticalShare or DuplicateShare or ReplayOthersShare or LabelAccuracy;

    /// <summary>Whether a name is one of <see cref="ClassShare"/>.</summary>
    public static bool IsClassShare(string name) => name.StartsWith(ClassSharePrefix, StringComparison.Ordinal);
}
