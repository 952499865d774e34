using System.Text.Json.Nodes;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Replicas;

/// <summary>Scores with everything that is needed to compare them.</summary>
/// <param name="Scores">Values by metric name.</param>
/// <param name="First">The score that marks the best snapshot; null where there is none.</param>
/// <param name="Provenance">Feature network and its hash, sample counts, split, seed and whatever else the scores depend on.</param>
public sealed record Evaluation(IReadOnlyDictionary<string, double> Scores, SnapshotScore? First, JsonObject Provenance);
