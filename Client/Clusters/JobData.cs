using DistGan.Recipes;
using DistGan.Training.Data.Sources;
using DistGan.Worker.Data;

namespace DistGan.Client.Clusters;

/// <summary>The data of a job on this machine.</summary>
public static class JobData
{
    /// <summary>Fetches uploaded data where neither a copy nor what was uploaded is here.</summary>
    /// <exception cref="DistGanException">They are not in the store, are damaged there, or do not fit on the disk.</exception>
    public static async Task FetchAsync(IStoredDataSource source, DataRecipe data, CancellationToken cancellationToken)
    {
        if (data.Stored is not { } id || Path.Exists(data.Folder ?? data.Idx))
        {
            return;
        }

        using var cache = new StoredDataCache(DataPlaces.OfUser(), TimeProvider.System);
        _ = await cache.FetchAsync(source, id, static () => false, cancellationToken);
    }
}
