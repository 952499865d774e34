using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Train;
using DistGan.Hosting.Runs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>What holds of every run, whatever was killed meanwhile.</summary>
internal static class RunChecks
{
    /// <summary>Events are numbered without a gap, and no step of a replica counts twice.</summary>
    public static void AssertWhole(string run)
    {
        var events = RunEvents.Read(run);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(static number => (long)number), events.Select(static entry => (long)entry["sequence"]!));
        foreach (var file in Directory.GetFiles(Path.Combine(run, "metrics"), "r*.jsonl"))
        {
            var rounds = MetricsReader.Effective(File.ReadAllBytes(file)).Where(static line => line.TryGetProperty("d_loss", out _)).ToList();
            var steps = rounds.Select(static line => line.GetProperty("step").GetInt64()).ToList();
            var epochs = rounds.Select(static line => line.GetProperty("epoch").GetInt64()).ToList();
            Assert.NotEmpty(steps);
            Assert.Equal(steps.Distinct().Order(), steps);
            Assert.Equal(epochs.Order(), epochs);
        }
    }

    /// <summary>Each replica has had a round, since it came back last, in which every shard gave its part.</summary>
    public static void AssertDrawsFromAll(string run, int replicas)
        => Assert.All(Enumerable.Range(0, replicas), replica => Assert.True(DrawsFromAll(run, replica), $"Replica {replica} does not draw from all shards."));

    private static bool DrawsFromAll(string run, int replica)
    {
        var rounds = MetricsReader.Effective(File.ReadAllBytes(Path.Combine(run, $"metrics/r{replica}.jsonl")))
            .Where(static line => line.TryGetProperty(MetricNames.ReplayOthersShare, out _) && line.TryGetProperty(MetricNames.ReplayShardsMissed, out _)).ToList();
        return rounds.Any(line => line.GetProperty("epoch").GetInt64() == rounds[^1].GetProperty("epoch").GetInt64()
            && line.GetProperty(MetricNames.ReplayShardsMissed).GetDouble() == 0
            && line.GetProperty(MetricNames.ReplayOthersShare).GetDouble() > 0);
    }

    /// <summary>When a kind of event happened to a replica, in order.</summary>
    public static IReadOnlyList<DateTimeOffset> Times(string run, string kind, int replica)
        => [.. RunEvents.Read(run).Where(entry => (string?)entry["kind"] == kind && (int?)entry["replica"] == replica).Select(static entry => Time(entry))];

    private static DateTimeOffset Time(JsonNode entry) => DateTimeOffset.Parse((string)entry["time"]!, System.Globalization.CultureInfo.InvariantCulture);
}
