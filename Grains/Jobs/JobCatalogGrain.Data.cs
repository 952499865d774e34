using System.Globalization;
using System.Text;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Data;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;
using Microsoft.Extensions.Logging;

namespace DistGan.Grains.Jobs;

/// <summary>
/// Uploaded data sets live as long as a job names them. Submissions and deletions pass here one after the other, so that none is removed between the look at
/// whether it is there and the job that names it.
/// </summary>
internal sealed partial class JobCatalogGrain
{
    /// <summary>How long an upload waits for its job.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>Whether a job has a folder of its own; beside a run folder there are no data sets.</summary>
    private bool HasFolder(JobId job) => paths.PrefixOf(job).EndsWith('/');

    /// <summary>The refusal of a job whose files are not in the store; null where they are, or where none are needed.</summary>
    private async Task<string?> MissingDataAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        if (!HasFolder(submission.Job))
        {
            return null;
        }

        try
        {
            foreach (var (key, id) in StoredOf(submission.Recipe))
            {
                if (!(await Data(id).StateAsync(cancellationToken)).Complete)
                {
                    return $"The files of job '{submission.Job}' ({key}: {id}) are not in the cluster's store: submit it from the machine that has them, without {key}.";
                }
            }

            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or DistGanException)
        {
            return exception.Message;
        }
    }

    /// <summary>What a job that is to be deleted names, as far as its recipe can be read.</summary>
    private async Task<IReadOnlyList<string>> TryStoredDataAsync(JobId job, CancellationToken cancellationToken)
    {
        try
        {
            return await StoredDataAsync(job, cancellationToken);
        }
        catch (DistGanException)
        {
            return [];
        }
    }

    /// <summary>What a job names; nothing also where there is no such job.</summary>
    private async Task<IReadOnlyList<string>> StoredDataAsync(JobId job, CancellationToken cancellationToken)
    {
        try
        {
            var recipe = await GrainFactory.GetGrain<ICoordinatorGrain>(job.Value).RecipeAsync(cancellationToken);
            return [.. StoredOf(recipe).Select(static stored => stored.Id)];
        }
        catch (UnknownJobException)
        {
            return [];
        }
    }

    /// <summary>
    /// Removes data sets that no job names any more, and uploads of which no job has come within a day. What cannot be asked or removed costs space, not the deletion of the job.
    /// </summary>
    private async Task ForgetAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        try
        {
            var unused = ids.Concat(await AbandonedAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
            foreach (var job in storage.State.Jobs)
            {
                unused.ExceptWith(await StoredDataAsync(new JobId(job), cancellationToken));
            }

            foreach (var id in unused)
            {
                await Data(id).DeleteAsync(cancellationToken);
                LogForgotten(logger, id);
            }
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or DistGanException or ArgumentException)
        {
            LogKept(logger, string.Join(", ", ids), exception);
        }
    }

    private async Task<List<string>> AbandonedAsync(CancellationToken cancellationToken)
    {
        var abandoned = new List<string>();
        await foreach (var name in store.ListAsync(StoredDataFiles.Root, cancellationToken))
        {
            if (StoredDataFiles.IdOfUpload(name) is { } id
                && await store.GetAsync(name, cancellationToken) is { } begun
                && DateTimeOffset.TryParse(Encoding.UTF8.GetString(begun.Content.Span), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
                && time.GetUtcNow() - at > Abandoned)
            {
                abandoned.Add(id);
            }
        }

        return abandoned;
    }

    /// <summary>Uploaded files that a recipe names, with the keys that do.</summary>
    private static IReadOnlyList<(string Key, string Id)> StoredOf(RecipeEnvelope envelope)
    {
        if (envelope.SchemaVersion != Recipe.SchemaVersion || RecipeJson.Sha256(envelope.Json.Span) != envelope.Sha256)
        {
            return []; // its coordinator refuses it
        }

        var recipe = RecipeJson.Deserialize(envelope.Json.Span);
        return [.. new[] { ("data.stored", recipe.Data.Stored), ("start.stored", recipe.Start?.Stored) }.Where(static stored => stored.Item2 is not null).Select(static stored => (stored.Item1, stored.Item2!))];
    }

    private IStoredDataGrain Data(string id) => GrainFactory.GetGrain<IStoredDataGrain>(id);

    [LoggerMessage(Level = LogLevel.Information, Message = "The uploaded files {Data} are removed: no job names them any more")]
    private static partial void LogForgotten(ILogger logger, string data);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The uploaded files {Data} could not be removed, and take space in the store")]
    private static partial void LogKept(ILogger logger, string data, Exception exception);
}
