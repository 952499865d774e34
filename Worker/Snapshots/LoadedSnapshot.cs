using System.Text.Json.Nodes;
using DistGan.Training.Snapshots;
using DistGan.Worker.Links;

namespace DistGan.Worker.Snapshots;

/// <summary>Everything of a snapshot that a runner goes on from.</summary>
/// <param name="Source">Where it lies.</param>
/// <param name="State">What the replica remembers.</param>
/// <param name="Seconds">Seconds of training until then.</param>
/// <param name="Rollbacks">Rollbacks until then; the rates in the state are scaled for them already.</param>
/// <param name="Diagnosis">What the diagnosis had seen; null where it was off.</param>
/// <param name="Outstanding">Answers that were asked for and not taken.</param>
/// <param name="Replay">Content of the replay buffer; null where there is none.</param>
/// <param name="Parameters">Totals of the parameter grains; null where there are none.</param>
/// <param name="Merges">States of the merge grains; null where there are none.</param>
internal sealed record LoadedSnapshot(
    StoredSnapshot Source,
    ReplicaState State,
    double Seconds,
    int Rollbacks,
    JsonObject? Diagnosis,
    IReadOnlyList<NamedArray> Outstanding,
    IReplayContent? Replay,
    ParameterTotalsByPlayer? Parameters,
    MergeStates? Merges);
