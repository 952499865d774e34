using DistGan.Grains.Interfaces;

namespace DistGan.Grains.Interfaces.Storage;

/// <summary>Where a job's run folder lies in the object store.</summary>
public interface IJobPaths
{
    /// <summary>The prefix of the job's objects: empty, or ending in '/'.</summary>
    string PrefixOf(JobId job);
}
