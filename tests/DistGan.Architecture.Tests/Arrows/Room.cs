namespace DistGan.Architecture.Tests.Arrows;

/// <summary>A project and what it may see.</summary>
/// <param name="Name">Folder and project.</param>
/// <param name="Assembly">Assembly name.</param>
/// <param name="Namespace">Where its namespaces begin.</param>
/// <param name="Sees">Rooms that its project file may name.</param>
/// <param name="Banned">Beginnings of the names of assemblies that it must not reference.</param>
internal sealed record Room(string Name, string Assembly, string Namespace, string[] Sees, string[] Banned)
{
    private const string Torch = "TorchSharp";
    private const string Orleans = "Orleans";
    private const string Console = "System.Console";
    private const string Network = "System.Net.";

    /// <summary>The arrows of ARCHITECTURE.md.</summary>
    public static IReadOnlyList<Room> All { get; } =
    [
        Of("Recipes", [], Torch, Orleans, Console, Network),
        Of("Training", ["Recipes"], Orleans, Console, Network),
        Of("Grains.Interfaces", ["Recipes"], Torch, Console),
        Of("Grains", ["Grains.Interfaces"], Torch, Console),
        Of("Hosting", ["Grains.Interfaces"], Torch, Console),
        Of("Worker", ["Grains.Interfaces", "Training", "Hosting"], Console),
        Of("Silo", ["Grains", "Hosting"], Torch, Console),
        new("Client", "distgan", "DistGan.Client", ["Silo", "Worker"], []),
        new("bench", "distgan-bench", "DistGan.Bench", ["Client"], []),
    ];

    public static Room Named(string name) => All.Single(room => room.Name == name);

    public override string ToString() => Name;

    /// <summary>What a source of this room may name: its own arrows and those of the rooms it sees.</summary>
    public IEnumerable<Room> Reach() => Sees.Select(Named).SelectMany(static room => room.Reach().Append(room)).Distinct();

    private static Room Of(string name, string[] sees, params string[] banned) => new(name, $"DistGan.{name}", $"DistGan.{name}", sees, banned);
}
