using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Worker.Links;

namespace DistGan.Worker.Running;

/// <summary>Completes a replica's reports with time and rates, watches for losses that are not finite and for symptoms, and passes them on.</summary>
/// <param name="link">Where reports and events go.</param>
/// <param name="clock">Measures rates.</param>
/// <param name="replica">Who reports.</param>
/// <param name="epoch">Under which ownership.</param>
/// <param name="diagnoses">Whether symptoms are watched for.</param>
internal sealed class RoundReports(ReportLink link, TrainingClock clock, int replica, long epoch, bool diagnoses) : IReportSink
{
    private static readonly string[] Watched = [MetricNames.DiscriminatorLoss, MetricNames.GeneratorLoss, MetricNames.GradientPenalty];
    private DiagnosisRule? _diagnosis;
    private long _step;
    private long _images;
    private double _seconds;

    /// <summary>What was not finite in the newest report; null where everything was.</summary>
    public string? NonFinite { get; private set; }

    /// <summary>What the diagnosis has seen so far; null where there is none.</summary>
    public JsonObject? Seen => _diagnosis?.Capture();

    /// <summary>Measures rates and watches from here on.</summary>
    /// <param name="step">Where the replica stands.</param>
    /// <param name="images">Images that it has shown by then.</param>
    /// <param name="seen">What the diagnosis had seen there; null lets it begin anew.</param>
    public void StartAt(long step, long images, JsonObject? seen)
    {
        (_step, _images, _seconds) = (step, images, clock.StepSeconds);
        link.Telemetry.StartAt(step, images, clock.Seconds);
        NonFinite = null;
        _diagnosis = diagnoses ? new DiagnosisRule() : null;
        if (seen is not null)
        {
            _diagnosis?.Restore(seen);
        }
    }

    public void Report(RoundReport report)
    {
        var seconds = clock.StepSeconds - _seconds;
        var values = new Dictionary<string, double>(report.Values);
        if (seconds > 0)
        {
            values[MetricNames.ImagesPerSecond] = (report.Images - _images) / seconds;
            values[MetricNames.StepsPerSecond] = (report.Step - _step) / seconds;
        }

        var steps = report.Step - _step;
        (_step, _images, _seconds) = (report.Step, report.Images, clock.StepSeconds);
        NonFinite = Array.Find(Watched, name => values.TryGetValue(name, out var value) && !double.IsFinite(value));
        Send(report.Step, report.Images, values);
        Tell(report.Step, _diagnosis?.ObserveRound(values, steps));
    }

    /// <summary>Adds scores as a report of their own.</summary>
    public void ReportScores(long step, long images, IReadOnlyDictionary<string, double> scores)
    {
        Send(step, images, scores);
        Tell(step, _diagnosis?.ObserveScores(scores));
    }

    private void Tell(long step, IReadOnlyList<DiagnosisFinding>? findings)
    {
        foreach (var finding in findings ?? [])
        {
            var data = new Dictionary<string, double>(finding.Evidence) { ["step"] = step };
            link.Record(EventKinds.Diagnosis, $"Replica {replica}, step {step}, {finding.Name}: {finding.Message}", data);
        }
    }

    private void Send(long step, long images, IReadOnlyDictionary<string, double> values) => link.Report(new ReplicaProgress
    {
        Replica = replica,
        Epoch = epoch,
        Step = step,
        Images = images,
        Seconds = clock.Seconds,
        Values = values,
    });
}
