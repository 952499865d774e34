namespace DistGan.Hosting.Clustering;

/// <summary>When the hosts of a cluster give one of them up: the section <c>DistGan:Membership</c> of all hosts.</summary>
/// <remarks>
/// One whose process died refuses connections, and is voted out after <see cref="MissedProbes"/> probes. One that falls silent, because its network is
/// cut or its machine has lost its power, is voted out once nothing has come from it for <see cref="ProbeTimeout"/> × <see cref="MissedProbes"/>, at the
/// probe after that. What is called on it meanwhile waits, and the grains that it had are out of reach.
/// </remarks>
public sealed record MembershipOptions
{
    /// <summary>
    /// How long a host waits for the answer of another one, and the time between two such probes, at first: where answers were fast
    /// so far it is down to half of it. 1 s to 1 min.
    /// </summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Probes that a host has to miss, one after the other, before another one votes against it. 1 to 20.</summary>
    public int MissedProbes { get; init; } = 3;
}
