using DistGan.Client.Display;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Display;

/// <summary>Reports and events for tests of displays.</summary>
internal static class Progresses
{
    public static JobFacts Facts { get; } = JobFacts.Of(new Recipe { Name = "test", Budget = new() { Steps = 100 } }, "/nowhere/test");

    public static JobProgress Of(JobState state, long number, IReadOnlyList<JobEvent>? events = null, params IReadOnlyList<ReplicaProgress> reports) => new()
    {
        State = state,
        Cursor = new(number, number),
        Events = events ?? [],
        Reports = reports,
    };

    public static ReplicaProgress Report(long step, double seconds, params (string Name, double Value)[] values) => new()
    {
        Replica = 0,
        Epoch = 1,
        Step = step,
        Images = step * 64,
        Seconds = seconds,
        Values = values.ToDictionary(static pair => pair.Name, static pair => pair.Value),
    };

    public static JobEvent Event(long sequence, string kind, string message) => new()
    {
        Sequence = sequence,
        Time = DateTimeOffset.UnixEpoch,
        Kind = kind,
        Message = message,
    };

    public static JobSummary Summary(string job, JobState state) => new()
    {
        Job = new JobId(job),
        State = state,
        Steps = 100,
        Images = 6400,
        Seconds = 10,
        ImagesPerSecond = 640,
        Scores = new Dictionary<string, double> { [MetricNames.Fid] = 31.25 },
        Files = new Dictionary<string, string> { ["samples"] = "samples/step-00000100.png" },
    };
}
