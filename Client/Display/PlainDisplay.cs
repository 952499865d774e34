using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Display;

/// <summary>One line a report and one an event, without control codes.</summary>
/// <param name="writer">Where reports go.</param>
/// <param name="facts">The job.</param>
/// <param name="events">Where events and sentences go; null for the same place.</param>
public sealed class PlainDisplay(TextWriter writer, JobFacts facts, TextWriter? events = null) : IJobDisplay
{
    private readonly TextWriter _events = events ?? writer;
    private readonly Lock _lock = new();
    private readonly JobView _view = new(facts);
    private bool _isAnnounced;

    public void Show(JobProgress progress)
    {
        lock (_lock)
        {
            _view.Add(progress with { Reports = [] });
            foreach (var entry in progress.Events)
            {
                _events.WriteLine($"{entry.Kind}: {Who(entry.Replica)}{entry.Message}");
            }

            if (!_isAnnounced && progress.Reports.Count == 0 && _view.AwaitedFrom is { } step)
            {
                _isAnnounced = true;
                _events.WriteLine(FirstReport.Of(facts, step));
            }

            foreach (var report in progress.Reports)
            {
                _view.Add(report);
                if (ReportLine.Of(_view, report) is { } line)
                {
                    writer.WriteLine(Who(report.Replica) + line);
                }
            }

            writer.Flush();
        }
    }

    public void Say(string message)
    {
        lock (_lock)
        {
            _events.WriteLine(message);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Who(int? replica) => replica is { } ordinal && facts.Replicas > 1 ? $"r{ordinal} " : "";
}
