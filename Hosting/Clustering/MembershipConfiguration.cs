using System.Globalization;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;
using Orleans.Configuration;

namespace DistGan.Hosting.Clustering;

/// <summary>Reads <see cref="MembershipOptions"/>, and gives them to Orleans.</summary>
internal static class MembershipConfiguration
{
    public const string ProbeTimeoutKey = $"{Section}:ProbeTimeout";
    public const string MissedProbesKey = $"{Section}:MissedProbes";

    private const string Section = "DistGan:Membership";
    private const string TimeForm = "c";
    private const int MostMissed = 20;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <exception cref="DistGanException">A value is wrong; the message has each that is.</exception>
    public static MembershipOptions Read(IConfiguration configuration)
    {
        var options = new MembershipOptions();
        var faults = new List<string>();
        if (configuration[ProbeTimeoutKey] is { Length: > 0 } time)
        {
            if (TimeSpan.TryParse(time, CultureInfo.InvariantCulture, out var timeout) && timeout >= Shortest && timeout <= Longest)
            {
                options = options with { ProbeTimeout = timeout };
            }
            else
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{ProbeTimeoutKey} is '{time}', expected a time from {Shortest.ToString(TimeForm)} to {Longest.ToString(TimeForm)}"));
            }
        }

        if (configuration[MissedProbesKey] is { Length: > 0 } number)
        {
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var missed) && missed is >= 1 and <= MostMissed)
            {
                options = options with { MissedProbes = missed };
            }
            else
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{MissedProbesKey} is '{number}', expected a whole number from 1 to {MostMissed}"));
            }
        }

        return faults.Count == 0 ? options : throw new DistGanException($"The membership of the cluster is not configured: {string.Join("; ", faults)}.");
    }

    public static void UseMembership(this ISiloBuilder builder)
    {
        var options = Read(builder.Configuration);
        builder.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = options.ProbeTimeout;
            membership.MaxProbeTimeout = options.ProbeTimeout; // times the missed ones it is the silence after which a host is gone
            membership.NumMissedProbesLimit = options.MissedProbes;
        });
    }
}
