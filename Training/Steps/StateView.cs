using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Snapshots;

namespace DistGan.Training.Steps;

/// <summary>Reads the arrays and counters of a snapshot, and says what is missing.</summary>
public sealed class StateView(ReplicaState state)
{
    /// <summary>The arrays of a file.</summary>
    /// <exception cref="DistGanException">The snapshot has no such file.</exception>
    public IReadOnlyList<NamedArray> File(string name)
        => state.Files.TryGetValue(name, out var arrays) ? arrays : throw Missing(name);

    /// <summary>One array of a file.</summary>
    public NamedArray Array(string file, string name)
        => File(file).FirstOrDefault(array => array.Name == name) ?? throw Missing($"{file}: {name}");

    /// <summary>A counter.</summary>
    public JsonNode Counter(string name) => state.Counters[name] ?? throw Missing($"counter {name}");

    private DistGanException Missing(string what)
        => new($"The snapshot of step {state.Step} has no {what}, which this recipe needs: resume with the recipe that made it.");
}
