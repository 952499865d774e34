using System.ComponentModel.DataAnnotations;

namespace DistGan.Grains.Workers;

/// <summary>How slots are given away: the section <c>DistGan:Placement</c> of a silo.</summary>
/// <remarks>
/// A worker dies. Its lease ends after <see cref="Patience"/> at the next look, or as soon as the cluster declares its silo dead. Where the
/// directory died with it, the others declare that within 20 s at default membership settings (three times 5 s without a word, the next probe, and the votes),
/// and the next heartbeat of any worker (5 s) makes a new directory. See <see cref="LongestLoss"/>.
/// </remarks>
public sealed record PlacementOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "DistGan:Placement";

    /// <summary>Time between two looks at workers, leases and waiting jobs.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>A worker that was not heard of for this long is gone: three heartbeats of 5 seconds missed, and one that is late.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Slots that the jobs of one user hold together at most; null for no limit.</summary>
    [Range(1, 1000000)]
    public int? SlotsPerUser { get; set; }

    /// <summary>Limits of single users, in place of <see cref="SlotsPerUser"/>.</summary>
    public Dictionary<string, int> UserSlots { get; set; } = [];

    /// <summary>Whether a waiting job may take slots from running jobs of lower priority, which end those replicas with a snapshot first.</summary>
    public bool Preemption { get; set; }

    /// <summary>Workers that a replica may lose with no snapshot in between before its job is stopped.</summary>
    [Range(1, 100)]
    public int OwnersBeforeQuarantine { get; set; } = 3;

    /// <summary>
    /// The longest time from the death of a worker to the moment when its replicas are given other slots, with a membership that declares
    /// a silo dead within <paramref name="declaredDead"/> and workers that are heard of every <paramref name="heartbeat"/>:
    /// max(patience, dead + heartbeat) + check.
    /// </summary>
    public TimeSpan LongestLoss(TimeSpan declaredDead, TimeSpan heartbeat)
        => (Patience > declaredDead + heartbeat ? Patience : declaredDead + heartbeat) + CheckEvery;

    /// <summary>Every value that is out of its bounds, as sentences.</summary>
    public IReadOnlyList<string> Faults()
    {
        var results = new List<ValidationResult>();
        _ = Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        return [.. results.Select(static result => result.ErrorMessage!),
            .. UserSlots.Where(static pair => pair.Value < 0).Select(static pair => $"The user '{pair.Key}' may hold {pair.Value} slots, expected 0 or more.")];
    }

    /// <summary>Slots that a user may hold.</summary>
    public int LimitOf(string user) => UserSlots.TryGetValue(user, out var own) ? own : SlotsPerUser ?? int.MaxValue;
}
