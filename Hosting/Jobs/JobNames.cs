using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Hosting.Jobs;

/// <summary>Names of jobs that are to be submitted.</summary>
public static class JobNames
{
    /// <summary>So many of one name are tried.</summary>
    public const int Most = 1000;

    /// <summary>The first of NAME, NAME-2, … that no job has; null where <see cref="Most"/> of them are taken.</summary>
    public static async Task<string?> FreeAsync(IJobControl jobs, string name, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= Most; number++)
        {
            var candidate = number == 1 ? name : $"{name}-{number}";
            try
            {
                _ = await jobs.DescribeAsync(new JobId(candidate), cancellationToken).ConfigureAwait(false);
            }
            catch (UnknownJobException)
            {
                return candidate;
            }
        }

        return null;
    }
}
