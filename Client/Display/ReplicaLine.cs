using System.Globalization;
using DistGan.Recipes;

namespace DistGan.Client.Display;

/// <summary>One replica of several as one line of the live region.</summary>
public static class ReplicaLine
{
    public static string Of(ReplicaView replica, int roundSteps)
    {
        if (replica is { IsLost: true, HasEnded: false })
        {
            return $"r{replica.Ordinal} step {replica.Last?.Step ?? 0}  its worker is lost; it waits to go on elsewhere";
        }

        var line = $"r{replica.Ordinal} step {replica.Last?.Step ?? 0}"
            + $"  loss D {Number(replica, MetricNames.DiscriminatorLoss)}  G {Number(replica, MetricNames.GeneratorLoss)}"
            + $"  D right {Share(replica, MetricNames.RealAccuracy)}/{Share(replica, MetricNames.FakeAccuracy)}/{Share(replica, MetricNames.ReplayedAccuracy)}"
            + $"  {Number(replica, MetricNames.ImagesPerSecond)} images/s";
        line += replica.Value(MetricNames.ReplayOthersShare) is { } others ? $"  {others * 100:0} % from others" : "";
        line += replica.Value(MetricNames.MergeMembers) is { } members ? $"  {members:0} merged" : "";
        line += replica.Value(MetricNames.FeedbackMembers) is { } answering ? $"  {answering.ToString("0.#", CultureInfo.InvariantCulture)} discriminators" : "";
        line += Stale(replica, roundSteps, MetricNames.ReplayStalenessSteps, "replay");
        line += Stale(replica, roundSteps, MetricNames.ParametersStalenessSteps, "parameters");
        line += Stale(replica, roundSteps, MetricNames.MergeStalenessSteps, "merge");
        line += replica.Score is { } score ? $"  {score}" : "";
        return replica.HasEnded ? $"{line}  ended" : line;
    }

    private static string Number(ReplicaView replica, string metric) => Text.Number(replica.Value(metric));

    private static string Share(ReplicaView replica, string metric) => Text.Share(replica.Value(metric));

    private static string Stale(ReplicaView replica, int roundSteps, string metric, string what)
        => replica.Value(metric) is { } steps && steps > roundSteps ? $"  {what} stale by {steps:0} steps" : "";
}
