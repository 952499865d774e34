using System.Text.Json.Nodes;
using DistGan.Training.Snapshots;

namespace DistGan.Training.Steps;

/// <summary>Collects the arrays and counters of a snapshot.</summary>
public sealed class StateBuilder
{
    private readonly Dictionary<string, List<NamedArray>> _files = [];

    public JsonObject Counters { get; } = [];

    /// <summary>Adds arrays to a file.</summary>
    public void Add(string file, IEnumerable<NamedArray> arrays)
    {
        if (!_files.TryGetValue(file, out var list))
        {
            _files.Add(file, list = []);
        }

        list.AddRange(arrays);
    }

    public ReplicaState Build(long step, long images)
        => new(step, images, _files.ToDictionary(static pair => pair.Key, static pair => (IReadOnlyList<NamedArray>)pair.Value), Counters);
}
