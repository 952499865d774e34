using System.Globalization;
using DistGan.Recipes;
using DistGan.Training.Data.Archives;
using DistGan.Worker.Data;
using DistGan.Worker.Links;

namespace DistGan.Worker.Running;

/// <summary>
/// Files that a recipe needs and a console has uploaded: brought to this machine before the replica is opened. Beside a run folder that is a store of its own there are none.
/// Called on the training thread.
/// </summary>
/// <param name="run">What is run.</param>
/// <param name="events">Hears of what was fetched.</param>
/// <param name="isUnwanted">Whether nobody waits for the files any more.</param>
internal sealed class RunUploads(RunSettings run, IEventSink events, Func<bool> isUnwanted)
{
    private StoredDataCache? Copies => run.Prefix.EndsWith('/') ? run.Data : null;

    /// <summary>Brings the files of the data.</summary>
    /// <exception cref="DistGanException">They are not in the store, or damaged there, or do not fit on the disk.</exception>
    public void FetchData()
    {
        if (run.Recipe.Data.Stored is { } id && Copies is { } copies && Fetch(copies, id) is { } fetched)
        {
            events.Record(
                EventKinds.DataFetched,
                string.Create(CultureInfo.InvariantCulture, $"Fetched {ArchiveFiles.NameOf(run.Recipe.Data)} from the store: {fetched.Bytes / 1e6:0.0} MB in {fetched.Elapsed.TotalSeconds:0.0} s."),
                new Dictionary<string, double> { ["bytes"] = fetched.Bytes, ["files"] = fetched.Files, ["seconds"] = Math.Round(fetched.Elapsed.TotalSeconds, 3) });
        }
    }

    /// <summary>Brings the weights that the run begins with into its folder.</summary>
    /// <exception cref="DistGanException">They are not in the store, or damaged there.</exception>
    public void PlaceStart(StartRecipe start)
    {
        if (Copies is { } copies)
        {
            StartLoader.PlaceAsync(run.Store, run.Prefix, start, FolderOf, CancellationToken.None).GetAwaiter().GetResult();
        }

        Task<string> FolderOf(string id)
        {
            _ = Fetch(copies, id);
            return Task.FromResult(copies.FolderOf(id));
        }
    }

    private FetchedData? Fetch(StoredDataCache copies, string id) => copies.FetchAsync(new StoreDataSource(run.Store), id, isUnwanted, CancellationToken.None).GetAwaiter().GetResult();
}
