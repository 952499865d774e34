using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Snapshots;
using DistGan.Worker.Links;

namespace DistGan.Worker.Snapshots;

/// <summary>A snapshot before it is written: the replica's state, and what the links captured after it.</summary>
/// <param name="State">What the replica remembers; every number finite.</param>
/// <param name="Seconds">Seconds of training so far.</param>
/// <param name="Rollbacks">Rollbacks so far.</param>
/// <param name="DataFingerprint">Of the data set it learns.</param>
/// <param name="Shape">Of one sample.</param>
/// <param name="Labels">Classes of the data where the recipe uses labels.</param>
/// <param name="Score">The first metric at this step, if it was evaluated.</param>
/// <param name="Diagnosis">What the diagnosis has seen; null where it is off.</param>
/// <param name="Links">What the links captured.</param>
internal sealed record SnapshotDraft(
    ReplicaState State,
    double Seconds,
    int Rollbacks,
    string DataFingerprint,
    SampleShape Shape,
    DataLabels? Labels,
    SnapshotScore? Score,
    JsonObject? Diagnosis,
    LinksCaptured Links);
