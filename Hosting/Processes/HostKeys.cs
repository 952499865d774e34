using DistGan.Hosting.Clustering;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;

namespace DistGan.Hosting.Processes;

/// <summary>The keys that hosts read: those of the section <c>DistGan</c> are all there are, those of <c>Orleans</c> the usual ones.</summary>
public static class HostKeys
{
    private const string Own = "DistGan";
    private const string AnyName = "*";
    private const string PrimarySilo = "Orleans:Clustering:PrimarySilo";

    /// <summary>All, in the order in which help shows them.</summary>
    public static IReadOnlyList<HostKey> All { get; } =
    [
        new("DistGan:ObjectStore:Path", HostUse.Both, "the folder that every silo and worker sees"),
        new("DistGan:ObjectStore:ProviderType", HostUse.Both, "Directory (the default) or AzureBlobStorage"),
        new("DistGan:ObjectStore:ConnectionString", HostUse.Both, "of the Azure account"),
        new("DistGan:ObjectStore:ConnectionName", HostUse.Both, "instead of it: one of ConnectionStrings"),
        new("DistGan:ObjectStore:ServiceKey", HostUse.Both, "instead of both: a client that the host has registered"),
        new("DistGan:ObjectStore:ContainerName", HostUse.Both, "the container (distgan)"),
        new("DistGan:Worker:Devices", HostUse.Worker, "auto, cpu, cuda, cuda:I; several with commas"),
        new("DistGan:Worker:Slots", HostUse.Worker, "replicas that train on one device at the same time (1)"),
        new("DistGan:Worker:Threads", HostUse.Worker, "CPU threads of a slot"),
        new("DistGan:Worker:DrainSeconds", HostUse.Worker, "how long replicas may take to leave (60)"),
        new("DistGan:Worker:DataBytes", HostUse.Worker, "bytes that copies of uploaded data may take; the longest unused go first"),
        new("DistGan:Placement:SlotsPerUser", HostUse.Silo, "slots of one user at most"),
        new("DistGan:Placement:UserSlots:*", HostUse.Silo, "the same for the user of that name"),
        new("DistGan:Placement:Preemption", HostUse.Silo, "whether a higher priority takes slots from running jobs (false)"),
        new("DistGan:Placement:CheckEvery", HostUse.Silo, "time between two looks at workers and jobs (00:00:02.5)"),
        new("DistGan:Placement:Patience", HostUse.Silo, "a worker that was not heard of for so long is gone (00:00:20)"),
        new("DistGan:Placement:OwnersBeforeQuarantine", HostUse.Silo, "workers that a replica may lose without a snapshot (3)"),
        new(MembershipConfiguration.ProbeTimeoutKey, HostUse.Both, "how long hosts wait for each other's answers, the same on all (00:00:05)"),
        new(MembershipConfiguration.MissedProbesKey, HostUse.Both, "answers missed before a host is voted out, the same on all (3)"),
        new("DistGan:Health:Port", HostUse.Both, "port of /health/live, /health/ready and /metrics; none without it"),
        new("DistGan:Health:Address", HostUse.Both, "address of that port (127.0.0.1)"),
        new("DistGan:Web:Port", HostUse.Silo, "port of the dashboard and of the HTTP API; none without it"),
        new("DistGan:Web:Address", HostUse.Silo, "address of that port (127.0.0.1)"),
        new("DistGan:Web:Users:*", HostUse.Silo, "NAME:Token and NAME:Role (viewer or operator) of who may sign in"),
        new("DistGan:Web:Anonymous", HostUse.Silo, "what those may do who have not: none, viewer or operator"),
        new("DistGan:Web:OrleansDashboard", HostUse.Silo, "whether /orleans has the dashboard of Orleans, for operators (false)"),
        new("DistGan:Web:Certificate", HostUse.Silo, "file with the certificates of that port in PEM; without it nothing is encrypted"),
        new("DistGan:Web:CertificateKey", HostUse.Silo, "file with its key in PEM; the same file where not given"),
        new("DistGan:Web:Studies", HostUse.Silo, "folder whose studies the dashboard shows; none without it"),
        new(LineFormatter.TracesKey, HostUse.Both, "whether the log has the places in the code of each exception (false)"),
        new("Orleans:ClusterId", HostUse.Both, "the cluster (distgan)"),
        new("Orleans:Clustering:ProviderType", HostUse.Both, "Localhost (the default), Redis or Kubernetes"),
        new("Orleans:Clustering:ConnectionString", HostUse.Both, "of the Redis: host:6379,password=…"),
        new(PrimarySilo, HostUse.Silo, "Localhost: the first silo, which the others join (itself)"),
        new(PrimarySilo, HostUse.Worker, "Localhost: the first silo, which the others join (127.0.0.1:11111)"),
        new("Orleans:Endpoints:SiloPort", HostUse.Both, "port for other hosts; 0 takes a free one"),
        new("Orleans:Endpoints:GatewayPort", HostUse.Silo, "port for consoles (30000)"),
        new("Orleans:Endpoints:AdvertisedIPAddress", HostUse.Both, "the address where others reach this host"),
    ];

    /// <summary>Those of one kind of host.</summary>
    public static IEnumerable<HostKey> Of(HostUse host) => All.Where(key => key.Use.HasFlag(host));

    /// <summary>Refuses keys of the section <c>DistGan</c> that no host reads: who wrote one expects something of it.</summary>
    /// <exception cref="DistGanException">There are some; the message has each of them.</exception>
    public static void RequireKnown(IConfiguration configuration)
    {
        var known = All.Where(static key => key.Name.StartsWith($"{Own}:", StringComparison.Ordinal)).Select(static key => key.Name).ToList();
        var unknown = configuration.GetSection(Own).AsEnumerable()
            .Where(static pair => pair.Value is not null && pair.Key != Own)
            .Select(static pair => pair.Key)
            .Where(key => !known.Exists(name => Matches(name, key)))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (unknown.Count > 0)
        {
            throw new DistGanException(string.Join(' ', unknown.Select(key => $"There is no setting {key}{(NearestName.Of(key, known) is { } nearest ? $"; did you mean {nearest}?" : $"; known are {string.Join(", ", known)}.")}")));
        }
    }

    private static bool Matches(string name, string key)
        => name.EndsWith($":{AnyName}", StringComparison.Ordinal)
            ? key.StartsWith(name[..^1], StringComparison.OrdinalIgnoreCase) && key.Length > name.Length - 1
            : name.Equals(key, StringComparison.OrdinalIgnoreCase);
}
