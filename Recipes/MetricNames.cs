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
    public const string GradientPenalty = "gradient_penalty";
    public const string BalanceRatio = "balance_ratio";
    public const string ReplayFill = "replay_fill";
    public const string ReplayAgeSteps = "replay_age_steps";
    public const string ReplayStalenessSteps = "replay_staleness_steps";
    public const string ParametersStalenessSteps = "parameters_staleness_steps";
    public const string ReplayOthersShare = "replay_others_share";
    public const string MergeStalenessSteps = "merge_staleness_steps";
    public const string MergeMembers = "merge_members";
    public const string ImagesPerSecond = "images_per_second";
    public const string StepsPerSecond = "steps_per_second";
    public const string Fid = "fid";
    public const string Modes = "modes";
    public const string SolidModes = "solid_modes";
    public const string HighQuality = "high_quality";
    public const string ReverseKl = "reverse_kl";
}
