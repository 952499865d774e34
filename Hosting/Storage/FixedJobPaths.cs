using System.Globalization;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Hosting.Storage;

/// <summary>Run folders by one rule for every job of a process.</summary>
/// <param name="format">The prefix; <c>{0}</c> stands for the job id.</param>
public sealed class FixedJobPaths(string format) : IJobPaths
{
    /// <summary>The store's root is the run folder of its one job.</summary>
    public static FixedJobPaths Embedded { get; } = new("");

    /// <summary>Each job has a folder under <c>jobs/</c>.</summary>
    public static FixedJobPaths Cluster { get; } = new("jobs/{0}/");

    public string PrefixOf(JobId job) => string.Format(CultureInfo.InvariantCulture, format, job.Value);
}
