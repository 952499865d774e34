using System.Diagnostics;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Worker.Data;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Running;

/// <summary>Everything that one run of a replica is about.</summary>
/// <param name="Assignment">Replica, epoch, slot.</param>
/// <param name="Recipe">The recipe of the assignment.</param>
/// <param name="Prefix">The job's run folder in the store.</param>
/// <param name="Store">The object store.</param>
/// <param name="Grains">The cluster.</param>
/// <param name="Time">The clock.</param>
/// <param name="Options">How patient the worker is.</param>
internal sealed record RunSettings(
    TrainerAssignment Assignment,
    Recipe Recipe,
    string Prefix,
    IObjectStore Store,
    IRunGrains Grains,
    TimeProvider Time,
    WorkerOptions Options)
{
    /// <summary>The trace that the start of this run belongs to.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    /// <summary>Copies of uploaded data sets; null where there are none to fetch.</summary>
    public StoredDataCache? Data { get; init; }

    public int Replica => Assignment.Replica.Ordinal;

    public SnapshotOwner Owner => new(Prefix, Assignment.Replica, Assignment.Epoch, Assignment.Recipe.Sha256);
}
