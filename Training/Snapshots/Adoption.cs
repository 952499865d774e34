using System.Text.Json.Nodes;

namespace DistGan.Training.Snapshots;

/// <summary>
/// The state of a replica that goes on from what another one has learnt: weights, running statistics, optimisers, averages and whatever techniques and objectives
/// remember are the other's; where it stands (step, images, place in the data, the round's report) and what it exchanges with the job's history stay its own.
/// </summary>
public static class Adoption
{
    private static readonly HashSet<string> OwnCounters = new(StringComparer.Ordinal) { "feed_position", "meter", "replay" };

    private static readonly HashSet<string> OwnFiles = new(StringComparer.Ordinal) { "experience-replay" };

    /// <summary>Puts the state together. What the other does not have, as an objective of its own has no such state, is as at the start.</summary>
    /// <param name="fresh">The replica as its recipe makes it, before its first step.</param>
    /// <param name="own">The replica as it stood.</param>
    /// <param name="donor">The other one.</param>
    public static ReplicaState Of(ReplicaState fresh, ReplicaState own, ReplicaState donor)
    {
        var files = fresh.Files.ToDictionary(
            static pair => pair.Key,
            pair => (OwnFiles.Contains(pair.Key) ? own : donor).Files.GetValueOrDefault(pair.Key, pair.Value));
        var counters = new JsonObject();
        foreach (var (name, value) in fresh.Counters)
        {
            var source = (OwnCounters.Contains(name) ? own : donor).Counters;
            counters[name] = (source.TryGetPropertyValue(name, out var held) ? held : value)?.DeepClone();
        }

        return new ReplicaState(own.Step, own.Images, files, counters);
    }
}
