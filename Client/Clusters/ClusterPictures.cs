using DistGan.Client.Display;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using Orleans.Runtime;

namespace DistGan.Client.Clusters;

/// <summary>Pictures of a job, through its cluster: no disk is shared.</summary>
internal sealed class ClusterPictures(IJobControl jobs, JobId job, TimeProvider time) : IPictureSource
{
    public async Task<PixelPicture?> NewestAsync()
    {
        try
        {
            var summary = await jobs.DescribeAsync(job, CancellationToken.None);
            return summary.Files.TryGetValue("samples", out var name)
                && await new JobFiles(jobs, new LastingCalls(time, static _ => { })).ReadAsync(job, name, CancellationToken.None) is { } content
                    ? PixelPicture.Decode(content)
                    : null;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            // The next picture comes with the next event of its kind.
            return null;
        }
    }
}
