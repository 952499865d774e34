using System.Text.Json.Serialization;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Grains.Jobs;

/// <summary>What a job remembers besides its run folder.</summary>
internal sealed class CoordinatorState
{
    [JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
    public JobState State { get; set; }

    /// <summary>The recipe in force as canonical JSON; null before the job was accepted.</summary>
    public string? Recipe { get; set; }

    public string? RecipeSha256 { get; set; }

    /// <summary>The hash of the recipe as it was submitted, before the cluster resolved or scaled anything.</summary>
    public string? SubmittedSha256 { get; set; }

    /// <summary>Number of the newest stored event when this was written; the log itself is the truth.</summary>
    public long Sequence { get; set; }

    public string? Failure { get; set; }

    /// <summary>How often the job was started or resumed.</summary>
    public long Starts { get; set; }

    /// <summary>Replicas with which this start was submitted; 0 in states of earlier versions.</summary>
    public int Submitted { get; set; }

    /// <summary>Whether this start goes on from snapshots.</summary>
    public bool Resumes { get; set; }

    /// <summary>Whether a replica has trained in this start: whoever comes later joins a job under way.</summary>
    public bool Begun { get; set; }

    /// <summary>Whether a replica has ever trained.</summary>
    public bool Trained { get; set; }

    /// <summary>Whether the stop that is under way is a pause.</summary>
    public bool Pausing { get; set; }

    public string? User { get; set; }

    public int Priority { get; set; }

    /// <summary>Why the job was stopped as a danger to its workers; null otherwise.</summary>
    public string? Quarantine { get; set; }

    public List<ReplicaRecord> Replicas { get; set; } = [];

    /// <summary>What the balance of the whole job has decided, as the bits of its numbers, of which some may be none; null where each replica has its own.</summary>
    public List<long>? Balance { get; set; }

    public Dictionary<string, double> Scores { get; set; } = [];

    public Dictionary<string, string> Files { get; set; } = [];

    internal sealed class ReplicaRecord
    {
        public int Ordinal { get; set; }

        /// <summary>The epoch of its newest owner.</summary>
        public long Epoch { get; set; }

        public long Step { get; set; }

        public long Images { get; set; }

        public double Seconds { get; set; }

        /// <summary>The address of its worker; null while it has none.</summary>
        public string? Worker { get; set; }

        /// <summary>The number of its slot's lease; 0 while it has none.</summary>
        public long Lease { get; set; }

        /// <summary>Ordinal of the slot of its newest lease; null in states of earlier versions.</summary>
        public int? Slot { get; set; }

        /// <summary>The device of that slot.</summary>
        public string? Device { get; set; }

        /// <summary>Whether an event has told that it waits: each wait, until it has started, is told once.</summary>
        public bool ToldWaiting { get; set; }

        /// <summary>Remembers what it holds; null for nothing. Whatever an earlier owner was asked to end for, one that gets a slot is not.</summary>
        public void Hold(SlotLease? lease)
        {
            (Worker, Lease, Slot, Device) = (lease?.Worker, lease?.Number ?? 0, lease?.Slot, lease?.Device);
            Leaving = lease is null ? Leaving : LeavingReason.None;
        }

        /// <summary>Workers that it has lost, or that refused it, since its last snapshot.</summary>
        public List<string> Lost { get; set; } = [];

        /// <summary>Why it is asked to end although the job goes on.</summary>
        [JsonConverter(typeof(JsonStringEnumConverter<LeavingReason>))]
        public LeavingReason Leaving { get; set; }

        /// <summary>How it ended under this epoch; null while it trains.</summary>
        [JsonConverter(typeof(JsonStringEnumConverter<ReplicaOutcome>))]
        public ReplicaOutcome? Outcome { get; set; }

        public string? Failure { get; set; }

        /// <summary>What it is in a population.</summary>
        public MemberRecord Member { get; set; } = new();

        /// <summary>Its newest scores.</summary>
        public Dictionary<string, double> Scores { get; set; } = [];
    }
}
