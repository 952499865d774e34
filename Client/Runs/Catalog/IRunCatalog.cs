using DistGan.Client.CommandLine;
using DistGan.Client.Runs.Contents;

namespace DistGan.Client.Runs.Catalog;

/// <summary>The runs that the console can list, describe and delete, wherever they are: in folders here, or on a cluster.</summary>
public interface IRunCatalog
{
    /// <summary>All runs, the newest first.</summary>
    Task<IReadOnlyList<RunFacts>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Everything about one run.</summary>
    /// <param name="run">Its folder, or what the catalog calls it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">There is no such run.</exception>
    Task<RunDescription> DescribeAsync(string run, CancellationToken cancellationToken);

    /// <summary>Says why a run cannot be deleted; null where it can.</summary>
    /// <exception cref="CommandException">There is no such run.</exception>
    Task<string?> RefusalAsync(string run, CancellationToken cancellationToken);

    /// <summary>Deletes a run with everything in it.</summary>
    /// <exception cref="CommandException">There is no such run, or it may not be deleted.</exception>
    Task DeleteAsync(string run, CancellationToken cancellationToken);
}
