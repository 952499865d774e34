using Microsoft.Extensions.Configuration;

namespace DistGan.Client.Clusters;

/// <summary>A cluster that the console can connect to.</summary>
/// <param name="Name">What a person calls it; null for the one that environment variables configure.</param>
/// <param name="Configuration">The sections that a host of that cluster has.</param>
public sealed record ClusterAddress(string? Name, IConfiguration Configuration)
{
    /// <summary>For sentences.</summary>
    public override string ToString() => Name is null ? "the cluster of the environment" : $"the cluster '{Name}'";
}
