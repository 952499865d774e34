using DistGan.Client.Display;
using DistGan.Client.Studies.Planning;

namespace DistGan.Client.Studies.Running;

/// <summary>How far a study is: plain lines, and the time that is left by what runs have taken so far.</summary>
public sealed class StudyProgress(TextWriter writer, StudyFolder folder, StudyPlan plan, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<StudyRun> _order = plan.Order();
    private readonly Dictionary<string, long> _running = new(StringComparer.Ordinal);
    private readonly HashSet<string> _finished = [.. plan.Order().Select(static run => run.Name).Where(name => folder.StateOf(name) is StudyRunState.Completed or StudyRunState.Failed)];
    private double _estimated;
    private double _measured;

    public void Begin(StudyRun run, bool resumes)
    {
        lock (_lock)
        {
            _running[run.Name] = time.GetTimestamp();
            Say(run, $"{run.Name}{(resumes ? " goes on" : "")}, {Left()} left");
        }
    }

    /// <summary>Says how far the runs are that train now.</summary>
    public void Tick()
    {
        lock (_lock)
        {
            foreach (var run in _order.Where(run => _running.ContainsKey(run.Name)))
            {
                var facts = folder.FactsOf(run.Name);
                Say(run, $"step {facts?.Steps ?? 0}{(facts?.Budget is { } budget ? $" of {budget}" : "")}, {Left()} left");
            }
        }
    }

    public void End(StudyRun run, string outcome)
    {
        lock (_lock)
        {
            _running.Remove(run.Name, out var begun);
            _finished.Add(run.Name);
            var taken = time.GetElapsedTime(begun);
            _estimated += run.EstimatedSeconds;
            _measured += taken.TotalSeconds;
            Say(run, $"{run.Name} {outcome} in {Text.Duration(taken)}");
        }
    }

    private void Say(StudyRun run, string message) => writer.WriteLine($"run {Number(run)} of {_order.Count}: {message}");

    private int Number(StudyRun run) => 1 + _order.TakeWhile(other => other.Name != run.Name).Count();

    private string Left()
    {
        var pace = _estimated > 0 ? _measured / _estimated : 1;
        var seconds = _order.Where(run => !_finished.Contains(run.Name)).Sum(run
            => _running.TryGetValue(run.Name, out var begun) ? Math.Max(0, (run.EstimatedSeconds * pace) - time.GetElapsedTime(begun).TotalSeconds) : run.EstimatedSeconds * pace);
        return Text.Duration(TimeSpan.FromSeconds(Math.Min(seconds / plan.Parallel, TimeSpan.FromDays(1000).TotalSeconds)));
    }
}
