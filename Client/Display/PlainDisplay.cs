using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Display;

/// <summary>One line a report and one an event, without control codes.</summary>
public sealed class PlainDisplay(TextWriter writer, JobFacts facts) : IJobDisplay
{
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
                writer.WriteLine($"{entry.Kind}: {Who(entry.Replica)}{entry.Message}");
            }

            if (!_isAnnounced && progress.Reports.Count == 0 && _view.AwaitedFrom is { } step)
            {
                _isAnnounced = true;
                writer.WriteLine(FirstReport.Of(facts, step));
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
            writer.WriteLine(message);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Who(int? replica) => replica is { } ordinal && facts.Replicas > 1 ? $"r{ordinal} " : "";
}
