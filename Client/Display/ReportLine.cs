using System.Text;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.Client.Display;

/// <summary>One report as one plain line.</summary>
public static class ReportLine
{
    /// <summary>The line, or null where the report has nothing to show.</summary>
    public static string? Of(JobView view, ReplicaProgress report)
    {
        if (report.Values.Count == 0)
        {
            return null;
        }

        var line = new StringBuilder();
        line.Append("step ").Append(report.Step);
        if (view.Facts.Budget.Steps is { } steps)
        {
            line.Append('/').Append(steps);
        }

        if (report.Values.ContainsKey(MetricNames.DiscriminatorLoss))
        {
            AddTraining(line, view, report);
        }
        else
        {
            foreach (var (name, value) in report.Values.Where(static value => !MetricNames.IsClassShare(value.Key)))
            {
                Add(line, name, Text.Score(value));
            }
        }

        return line.ToString();
    }

    private static void AddTraining(StringBuilder line, JobView view, ReplicaProgress report)
    {
        Add(line, "d_loss", Text.Number(Value(report, MetricNames.DiscriminatorLoss)));
        Add(line, "g_loss", Text.Number(Value(report, MetricNames.GeneratorLoss)));
        Add(line, "real", Text.Share(Value(report, MetricNames.RealAccuracy)));
        Add(line, "fresh", Text.Share(Value(report, MetricNames.FakeAccuracy)));
        Add(line, "replayed", Text.Share(Value(report, MetricNames.ReplayedAccuracy)));
        if (Value(report, MetricNames.ReplayOthersShare) is { } others)
        {
            Add(line, "from_others", Text.Share(others));
        }

        AddStaleness(line, view, report, MetricNames.ReplayStalenessSteps, "replay_stale");
        AddStaleness(line, view, report, MetricNames.ParametersStalenessSteps, "parameters_stale");
        AddStaleness(line, view, report, MetricNames.MergeStalenessSteps, "merge_stale");
        if (Value(report, MetricNames.Fid) is { } fid)
        {
            Add(line, "fid", Text.Number(fid));
        }

        line.Append("  ").Append(Text.Number(Value(report, MetricNames.StepsPerSecond))).Append(" steps/s");
        line.Append("  ").Append(Text.Number(Value(report, MetricNames.ImagesPerSecond))).Append(" images/s");
        if (view.Remaining is { } left)
        {
            line.Append("  ").Append(Text.Duration(left)).Append(" left");
        }
    }

    private static double? Value(ReplicaProgress report, string metric)
        => report.Values.TryGetValue(metric, out var value) ? value : null;

    private static void Add(StringBuilder line, string name, string value)
        => line.Append("  ").Append(name).Append(' ').Append(value);

    private static void AddStaleness(StringBuilder line, JobView view, ReplicaProgress report, string metric, string name)
    {
        if (Value(report, metric) is { } steps && steps > view.Facts.RoundSteps)
        {
            Add(line, name, $"{steps:0}");
        }
    }
}
