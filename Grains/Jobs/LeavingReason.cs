namespace DistGan.Grains.Jobs;

/// <summary>Why a replica is asked to end although its job goes on.</summary>
internal enum LeavingReason
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The job has fewer replicas now.</summary>
    ScaledDown,

    /// <summary>A job of a higher priority waits for its slot.</summary>
    Preempted,

    /// <summary>The job was scaled down and up again before it had ended.</summary>
    WantedAgain,

    /// <summary>It takes the place of a better replica of its population.</summary>
    Exploits,
}
