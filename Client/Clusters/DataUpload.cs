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
/// <param name="calls">How long a silent cluster is asked again.</param>
/// <param name="report">Told how far it is.</param>
public sealed class DataUpload(IJobControl jobs, LastingCalls calls, Action<DataProgress> report)
{
    private const int InFlight = 4;
    private const int Tries = 3;

    /// <summary>Uploads what the recipe's data are read from, and the weights that the job begins with.</summary>
    /// <param name="job">What is to be submitted.</param>
    /// <param name="check">Told of the recipe that names the data before they are sent; may refuse it.</param>
    /// <param name="cancellationToken">Gives up; what was sent is there for the next time.</param>
    /// <returns>The recipe that names both; the same one where nothing has to be uploaded.</returns>
    /// <exception cref="CommandException">A file cannot be read or changes meanwhile, or the store takes nothing.</exception>
    public async Task<Recipe> SendAsync(PreparedJob job, Func<Recipe, Task> check, CancellationToken cancellationToken)
    {
        var recipe = job.Recipe;
        try
        {
            if (recipe.Data is { Shared: false, Stored: null } && ArchiveFiles.Of(recipe.Data, DataPlaces.OfUser()) is { Count: > 0 } files)
            {
                var manifest = await DescribeAsync(files, ArchiveFiles.NameOf(recipe.Data), cancellationToken);
                recipe = recipe with { Data = recipe.Data with { Stored = manifest.ContentHash() } };
                await check(recipe);
                await SendAsync(files, manifest, cancellationToken);
            }
            else
            {
                await check(recipe);
            }

            return job.Start is null ? recipe : recipe with { Start = await SendAsync(job.Start, cancellationToken) };
        }
        catch (ObjectStoreException exception)
        {
            throw new CommandException(ExitCodes.Refused, exception.Message, exception);
        }
        catch (DistGanException exception) when (exception is not CommandException)
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
            ArchiveEntry[] files = [new(RunFiles.StartWeights, file)];
            var manifest = await DescribeAsync(files, "the weights to begin with", cancellationToken);
            await SendAsync(files, manifest, cancellationToken);
            return StartSource.Describe(weights) with { Stored = manifest.ContentHash() };
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task SendAsync(IReadOnlyList<ArchiveEntry> files, StoredDataManifest manifest, CancellationToken cancellationToken)
    {
        var data = jobs.Data(manifest.ContentHash());
        var state = await calls.CallAsync(
            async token =>
            {
                await data.BeginAsync(token);
                return await data.StateAsync(token);
            },
            cancellationToken);
        if (state.Complete)
        {
            return;
        }

        var missing = Enumerable.Range(0, manifest.Parts.Count).ToHashSet();
        var doubtful = state.Parts.ToHashSet();
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            await SendAsync(data, files, manifest, (missing, doubtful), cancellationToken);
            missing = [.. await calls.CallAsync(token => data.CommitAsync(manifest, token), cancellationToken)];
            if (missing.Count == 0)
            {
                return;
            }
        }

        throw new CommandException(ExitCodes.Refused, $"The cluster's store loses parts of {manifest.Name} while they are uploaded (now {missing.Count} of {manifest.Parts.Count}): look at its disk, and that nobody deletes them.");
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

    /// <summary>Sends the parts that are missing. One that an upload before has left is sent where its content is another.</summary>
    private async Task SendAsync(IStoredDataGrain data, IReadOnlyList<ArchiveEntry> files, StoredDataManifest manifest, (HashSet<int> Missing, HashSet<int> Doubtful) which, CancellationToken cancellationToken)
    {
        var (flying, number, sent) = (new Queue<Task>(), 0, 0L);
        await foreach (var part in ArchiveParts.CutAsync(files, StoredDataManifest.PartBytes, cancellationToken))
        {
            if (number >= manifest.Parts.Count || Convert.ToHexStringLower(SHA256.HashData(part.Span)) != manifest.Parts[number])
            {
                throw Changed(manifest.Name);
            }

            if (which.Missing.Contains(number))
            {
                if (flying.Count == InFlight)
                {
                    await flying.Dequeue();
                }

                flying.Enqueue(PutAsync(data, number, part, which.Doubtful.Contains(number) ? manifest.Parts[number] : null, cancellationToken));
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

    private Task PutAsync(IStoredDataGrain data, int number, ReadOnlyMemory<byte> part, string? perhapsThere, CancellationToken cancellationToken) => calls.CallAsync(
        async token =>
        {
            var isThere = perhapsThere is not null && await data.HasAsync(number, perhapsThere, token);
            if (!isThere)
            {
                await data.PutAsync(number, part, token);
            }

            return isThere;
        },
        cancellationToken);

    private static DataProgress Progress(string what, string name, long bytes, long total) => new($"{what} {name}, MB", bytes / 1_000_000, total / 1_000_000);

    private static DistGanException Changed(string name) => new($"The files of {name} change while they are uploaded: submit again once nobody writes to them.");
}
