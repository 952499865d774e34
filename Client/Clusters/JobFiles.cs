using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Clusters;

/// <summary>Files of a job, through its cluster.</summary>
/// <param name="jobs">The jobs of the cluster.</param>
/// <param name="calls">How long a silent cluster is asked again.</param>
public sealed class JobFiles(IJobControl jobs, LastingCalls calls)
{
    /// <summary>Their names, relative to the run folder.</summary>
    public Task<IReadOnlyList<string>> ListAsync(JobId job, string prefix, CancellationToken cancellationToken)
        => calls.CallAsync(token => jobs.ListFilesAsync(job, prefix, token), cancellationToken);

    /// <summary>Copies a file; false where there is none.</summary>
    public async Task<bool> CopyAsync(JobId job, string name, Stream destination, CancellationToken cancellationToken)
    {
        long offset = 0;
        while (true)
        {
            var from = offset;
            if (await calls.CallAsync(token => jobs.ReadFileAsync(job, name, from, token), cancellationToken) is not { } part)
            {
                return false;
            }

            await destination.WriteAsync(part.Content, cancellationToken);
            offset += part.Content.Length;
            if (part.IsLast)
            {
                return true;
            }
        }
    }

    /// <summary>A whole file; null where there is none.</summary>
    public async Task<byte[]?> ReadAsync(JobId job, string name, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        return await CopyAsync(job, name, content, cancellationToken) ? content.ToArray() : null;
    }
}
