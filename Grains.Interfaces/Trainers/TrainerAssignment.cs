using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Grains.Interfaces.Trainers;

/// <summary>What a trainer is to do.</summary>
[GenerateSerializer, Immutable, Alias("distgan.trainer-assignment")]
public sealed record TrainerAssignment
{
    [Id(0)]
    public required ReplicaId Replica { get; init; }

    /// <summary>Fencing number of this owner; every commit carries it.</summary>
    [Id(1)]
    public required long Epoch { get; init; }

    [Id(2)]
    public required RecipeEnvelope Recipe { get; init; }

    [Id(3)]
    public required SlotLease Lease { get; init; }

    /// <summary>Start from the newest good snapshot where there is one.</summary>
    [Id(4)]
    public bool Resume { get; init; }

    /// <summary>The number of this start of the job. What replicas share is emptied or restored once a start.</summary>
    [Id(5)]
    public long Start { get; init; }

    /// <summary>The job is under way: where replicas merge, this one begins from the current merge.</summary>
    [Id(6)]
    public bool Joins { get; init; }

    /// <summary>The folder of another replica's snapshot, from whose weights this one goes on at its own step; null for its own.</summary>
    [Id(7)]
    public string? Donor { get; init; }

    /// <summary>The epoch in which it was asked to: a snapshot of its own of a later one has those weights already.</summary>
    [Id(8)]
    public long DonorSince { get; init; }

    /// <summary>Replicas with which this start of the job was submitted; 0 where nothing is said.</summary>
    [Id(9)]
    public int Submitted { get; init; }
}
