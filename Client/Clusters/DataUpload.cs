using System.Security.Cryptography;
using DistGan.Client.CommandLine;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Data;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;
using DistGan.Training.Data.Archives;
using DistGan.Training.Data.Sources;

namespace DistGan.Client.Clusters;

/// <summary>Brings the files of a data set from this machine into the object store of a cluster, by their content hash: what is there already is not sent again.</summary>
/// <param name="jobs">The cluster.</param>
/// <param name="report">Told how far it is.</param>
public sealed class DataUpload(IJobControl jobs, Action<DataProgress> report)
{
    private const int InFlight = 4;
    private const int Tries = 3;

    /// <summary>Uploads what the recipe's data are read from, and the weights that the job begins with.</summary>
    /// <returns>The recipe that names both; the same one where nothing has to be uploaded.</returns>
    /// <exception cref="CommandException">A file cannot be read or changes meanwhile, or the store takes nothing.</exception>
    public async Task<Recipe> SendAsync(PreparedJob job, CancellationToken cancellationToken)
    {
        var recipe = job.Recipe;
        try
        {
            if (recipe.Data is { Shared: false, Stored: null } && ArchiveFiles.Of(recipe.Data, DataPlaces.OfUser()) is { Count: > 0 } files)
            {
                recipe = recipe with { Data = recipe.Data with { Stored = await SendAsync(files, ArchiveFiles.NameOf(recipe.Data), cancellationToken) } };
            }

            return job.Start is null ? recipe : recipe with { Start = await SendAsync(job.Start, cancellationToken) };
        }
        catch (ObjectStoreException exception)
        {
            throw new CommandException(ExitCodes.Refused, exception.Message, exception);
        }
        catch (DistGanException exception)
        {
            throw new CommandException(ExitCodes.Usage, exception.Message, exception);
        }
    }

    private async Task<StartRecipe> SendAsync(StartSource start, CancellationToken cancellationToken)
    {
        var weights = start.ToBytes();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, weights, cancellationToken);
            return StartSource.Describe(weights) with { Stored = await SendAsync([new ArchiveEntry(RunFiles.StartWeights, file)], "the weights to begin with", cancellationToken) };
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<string> SendAsync(IReadOnlyList<ArchiveEntry> files, string name, CancellationToken cancellationToken)
    {
        var manifest = await DescribeAsync(files, name, cancellationToken);
        var id = manifest.ContentHash();
        var data = jobs.Data(id);
        var state = await data.StateAsync(cancellationToken);
        if (state.Complete)
        {
            return id;
        }

        var missing = Enumerable.Range(0, manifest.Parts.Count).Except(state.Parts).ToHashSet();
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            await SendAsync(data, files, manifest, missing, cancellationToken);
            missing = [.. await data.CommitAsync(manifest, cancellationToken)];
            if (missing.Count == 0)
            {
                return id;
            }
        }

        throw new CommandException(ExitCodes.Refused, $"The cluster's store loses parts of {name} while they are uploaded (now {missing.Count} of {manifest.Parts.Count}): look at its disk, and that nobody deletes them.");
    }

    /// <summary>Reads everything once: the store may have it.</summary>
    private async Task<StoredDataManifest> DescribeAsync(IReadOnlyList<ArchiveEntry> files, string name, CancellationToken cancellationToken)
    {
        var (parts, bytes, total) = (new List<string>(), 0L, files.Sum(static file => new FileInfo(file.Path).Length));
        await foreach (var part in ArchiveParts.CutAsync(files, StoredDataManifest.PartBytes, cancellationToken))
        {
            parts.Add(Convert.ToHexStringLower(SHA256.HashData(part.Span)));
            bytes += part.Length;
            report(Progress("reading", name, bytes, Math.Max(bytes, total)));
        }

        return new StoredDataManifest { Name = name, Files = files.Count, Bytes = bytes, Parts = parts };
    }

    private async Task SendAsync(IStoredDataGrain data, IReadOnlyList<ArchiveEntry> files, StoredDataManifest manifest, HashSet<int> missing, CancellationToken cancellationToken)
    {
        var (flying, number, sent) = (new Queue<Task>(), 0, 0L);
        await foreach (var part in ArchiveParts.CutAsync(files, StoredDataManifest.PartBytes, cancellationToken))
        {
            if (number >= manifest.Parts.Count || Convert.ToHexStringLower(SHA256.HashData(part.Span)) != manifest.Parts[number])
            {
                throw Changed(manifest.Name);
            }

            if (missing.Contains(number))
            {
                if (flying.Count == InFlight)
                {
                    await flying.Dequeue();
                }

                flying.Enqueue(data.PutAsync(number, part, cancellationToken));
            }

            number++;
            sent += part.Length;
            report(Progress("uploading", manifest.Name, sent, manifest.Bytes));
        }

        await Task.WhenAll(flying);
        if (number != manifest.Parts.Count)
        {
            throw Changed(manifest.Name);
        }
    }

    private static DataProgress Progress(string what, string name, long bytes, long total) => new($"{what} {name}, MB", bytes / 1_000_000, total / 1_000_000);

    private static DistGanException Changed(string name) => new($"The files of {name} change while they are uploaded: submit again once nobody writes to them.");
}
