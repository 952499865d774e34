using DistGan.Grains.Interfaces.Jobs;
using DistGan.Worker.Data;

namespace DistGan.Client.Clusters;

/// <summary>Uploaded data sets in the store of a cluster, through the cluster.</summary>
/// <param name="jobs">The cluster.</param>
/// <param name="calls">How long a silent cluster is asked again.</param>
public sealed class ClusterDataSource(IJobControl jobs, LastingCalls calls) : IStoredDataSource
{
    public Task<ReadOnlyMemory<byte>?> GetAsync(string id, int? part, CancellationToken cancellationToken)
        => calls.CallAsync(token => jobs.Data(id).GetAsync(part, token), cancellationToken);
}
