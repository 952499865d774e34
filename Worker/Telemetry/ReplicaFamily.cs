using DistGan.Recipes;

namespace DistGan.Worker.Telemetry;

/// <summary>A gauge and the metrics of a replica that it shows.</summary>
/// <param name="Name">Name of the instrument.</param>
/// <param name="Unit">Its unit, in UCUM; braces for what is no unit.</param>
/// <param name="Description">What it is.</param>
/// <param name="Attribute">The attribute that tells its metrics apart; null where there is one alone.</param>
/// <param name="Metrics">Names of metrics and the values of the attribute.</param>
internal sealed record ReplicaFamily(string Name, string Unit, string Description, string? Attribute, IReadOnlyList<(string Metric, string Value)> Metrics)
{
    private static readonly (string, string)[] Players = [("d_", "discriminator"), ("g_", "generator")];

    /// <summary>All; the number of series of a replica is bounded by what is listed here.</summary>
    public static IReadOnlyList<ReplicaFamily> All { get; } =
    [
        new("distgan.loss", "1", "Mean loss of the last round.", "player", OfPlayers("loss")),
        new("distgan.gradient.norm", "1", "Mean norm of the gradients of the last round.", "player", OfPlayers("grad_norm")),
        new("distgan.learning.rate", "1", "Learning rate of the last step.", "player", OfPlayers("rate")),
        new("distgan.accuracy", "1", "Share of images that the discriminator tells rightly.", "of", [(MetricNames.RealAccuracy, "real"), (MetricNames.FakeAccuracy, "generated"), (MetricNames.ReplayedAccuracy, "replayed")]),
        new("distgan.diversity", "1", "Distance between generated samples as a share of that between real ones.", null, [(MetricNames.SampleDiversity, "")]),
        Alone("distgan.throughput", "{image}/s", "Real images shown to the discriminator a second.", MetricNames.ImagesPerSecond),
        Alone("distgan.replay.fill", "1", "Used part of the replay budget.", MetricNames.ReplayFill),
        Alone("distgan.replay.age", "{step}", "Mean age of replayed images.", MetricNames.ReplayAgeSteps),
        Alone("distgan.replay.samples_per_insert", "{image}", "Replayed images for each stored one.", MetricNames.ReplaySamplesPerInsert),
        Alone("distgan.replay.others_share", "1", "Share of replayed images that other replicas made.", MetricNames.ReplayOthersShare),
        new("distgan.staleness", "{step}", "Age of the newest answer of the cluster.", "link", [(MetricNames.ReplayStalenessSteps, "replay"), (MetricNames.ParametersStalenessSteps, "parameters"), (MetricNames.MergeStalenessSteps, "merge")]),
        Alone("distgan.merge.members", "{replica}", "Replicas in the last merge.", MetricNames.MergeMembers),
        Alone("distgan.balance.ratio", "1", "Updates of the discriminator for one of the generator.", MetricNames.BalanceRatio),
        Alone("distgan.balance.signal", "1", "What the balance measures.", MetricNames.BalanceSignal),
        Alone("distgan.balance.target", "1", "What the balance aims at.", MetricNames.BalanceTarget),
        new("distgan.score", "1", "The last score.", "score", [.. ((string[])[
            MetricNames.Fid, MetricNames.Kid, MetricNames.Modes, MetricNames.SolidModes, MetricNames.HighQuality, MetricNames.ReverseKl, MetricNames.Precision, MetricNames.Recall,
            MetricNames.Density, MetricNames.Coverage, MetricNames.InceptionScore, MetricNames.LabelAccuracy, MetricNames.LeastClassShare]).Select(static name => (name, name))]),
    ];

    private static ReplicaFamily Alone(string name, string unit, string description, string metric) => new(name, unit, description, null, [(metric, "")]);

    private static IReadOnlyList<(string, string)> OfPlayers(string metric) => [.. Players.Select(player => (player.Item1 + metric, player.Item2))];
}
