using System.Text.Json.Nodes;

namespace DistGan.Training.Snapshots;

/// <summary>
/// Everything that a replica itself must remember to go on byte-exactly: vectors by file, and counters. What is on its way
/// to or from the shared grains is added by whoever owns the links.
/// </summary>
/// <param name="Step">The step after which it was taken.</param>
/// <param name="Images">Real images shown to D by then.</param>
/// <param name="Files">Arrays by file name without extension: generator, discriminator, ema, optimizer, links, and one for each technique that has state.</param>
/// <param name="Counters">Scalars: update counts, data position, round, and those of techniques.</param>
public sealed record ReplicaState(
    long Step,
    long Images,
    IReadOnlyDictionary<string, IReadOnlyList<NamedArray>> Files,
    JsonObject Counters);
