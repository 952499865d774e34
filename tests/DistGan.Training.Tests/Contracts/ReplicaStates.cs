using DistGan.Training.Links;
using DistGan.Training.Snapshots;

namespace DistGan.Training.Tests.Contracts;

/// <summary>Compares states and reports bit for bit.</summary>
internal static class ReplicaStates
{
    /// <summary>Where two states differ, in words.</summary>
    public static IEnumerable<string> Differences(ReplicaState expected, ReplicaState actual)
    {
        if ((expected.Step, expected.Images) != (actual.Step, actual.Images))
        {
            yield return $"step {actual.Step} of {actual.Images} images instead of step {expected.Step} of {expected.Images}";
        }

        foreach (var (name, value) in expected.Counters)
        {
            var found = actual.Counters[name]?.ToJsonString();
            if (value?.ToJsonString() != found)
            {
                yield return $"counter {name} is {found} instead of {value?.ToJsonString()}";
            }
        }

        var arrays = actual.Files.SelectMany(static file => file.Value.Select(array => (file.Key, array))).ToDictionary(static pair => (pair.Key, pair.array.Name), static pair => pair.array);
        foreach (var (file, array) in expected.Files.SelectMany(static file => file.Value.Select(array => (file.Key, array))))
        {
            if (!arrays.TryGetValue((file, array.Name), out var found) || found.Type != array.Type || !found.Bytes.Span.SequenceEqual(array.Bytes.Span))
            {
                yield return $"{file}: {array.Name} differs";
            }
        }
    }

    /// <summary>Where the reports of two runs differ.</summary>
    public static IEnumerable<string> Differences(IReadOnlyList<RoundReport> expected, IReadOnlyList<RoundReport> actual)
        => expected.Zip(actual, static (left, right) => (left, right))
            .SelectMany(static pair => pair.left.Values.Keys.Union(pair.right.Values.Keys)
                .Where(name => !Value(pair.left, name).Equals(Value(pair.right, name)))
                .Select(name => $"{name} of step {pair.left.Step} is {Value(pair.right, name):R} instead of {Value(pair.left, name):R}"));

    private static double Value(RoundReport report, string name) => report.Values.TryGetValue(name, out var value) ? value : double.NegativeInfinity;
}
