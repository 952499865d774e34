namespace DistGan.Grains.Jobs;

/// <summary>What a job remembers of a replica as a member of its population.</summary>
internal sealed class MemberRecord
{
    /// <summary>What it has in place of the job's recipe, by dotted key.</summary>
    public Dictionary<string, string> Values { get; set; } = [];

    /// <summary>The step at which it last took the place of another one; 0 before.</summary>
    public long Changed { get; set; }

    /// <summary>The step of its newest score.</summary>
    public long Scored { get; set; }

    /// <summary>That score, turned so that lower is better; null before the first.</summary>
    public double? Loss { get; set; }

    /// <summary>The folder of its newest snapshot; null before the first.</summary>
    public string? Snapshot { get; set; }

    public long SnapshotStep { get; set; }

    /// <summary>Whether it has failed, and was replaced, since its newest score: who fails again then has failed for good.</summary>
    public bool Rescued { get; set; }

    /// <summary>What it becomes once it has ended; null where nothing is planned.</summary>
    public ExploitPlan? Plan { get; set; }

    /// <summary>The snapshot that it goes on from at its next start; null for its own.</summary>
    public string? Adopts { get; set; }

    /// <summary>The epoch in which it was asked to.</summary>
    public long AdoptsSince { get; set; }
}
