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
    /// <summary>The refusal of a job whose files are not in the store; null where they are, or where none are needed.</summary>
    private async Task<string?> MissingDataAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        try
        {
            if (StoredOf(submission.Recipe) is not { } id || !paths.PrefixOf(submission.Job).EndsWith('/'))
            {
                return null; // or a run folder, beside which there are no data sets
            }

            return (await Data(id).StateAsync(cancellationToken)).Complete
                ? null
                : $"The files of job '{submission.Job}' (data.stored: {id}) are not in the cluster's store: submit it from the machine that has them, without data.stored.";
        }
        catch (ArgumentException exception)
        {
            return $"data.stored: {exception.Message}";
        }
        catch (DistGanException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>What a job that is to be deleted names, as far as its recipe can be read.</summary>
    private async Task<string?> TryStoredDataAsync(JobId job, CancellationToken cancellationToken)
    {
        try
        {
            return await StoredDataAsync(job, cancellationToken);
        }
        catch (DistGanException)
        {
            return null;
        }
    }

    /// <summary>What a job names; null also where there is no such job.</summary>
    private async Task<string?> StoredDataAsync(JobId job, CancellationToken cancellationToken)
    {
        try
        {
            return StoredOf(await GrainFactory.GetGrain<ICoordinatorGrain>(job.Value).RecipeAsync(cancellationToken));
        }
        catch (UnknownJobException)
        {
            return null;
        }
    }

    /// <summary>Removes a data set that no job names any more. What cannot be asked or removed costs space, not the deletion of the job.</summary>
    private async Task ForgetAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var job in storage.State.Jobs)
            {
                if (await StoredDataAsync(new JobId(job), cancellationToken) == id)
                {
                    return;
                }
            }

            await Data(id).DeleteAsync(cancellationToken);
            LogForgotten(logger, id);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or DistGanException or ArgumentException)
        {
            LogKept(logger, id, exception);
        }
    }

    private static string? StoredOf(RecipeEnvelope recipe)
        => recipe.SchemaVersion == Recipe.SchemaVersion && RecipeJson.Sha256(recipe.Json.Span) == recipe.Sha256 ? RecipeJson.Deserialize(recipe.Json.Span).Data.Stored : null;

    private IStoredDataGrain Data(string id) => GrainFactory.GetGrain<IStoredDataGrain>(id);

    [LoggerMessage(Level = LogLevel.Information, Message = "The uploaded data {Data} are removed: no job names them any more")]
    private static partial void LogForgotten(ILogger logger, string data);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The uploaded data {Data} could not be removed, and take space in the store")]
    private static partial void LogKept(ILogger logger, string data, Exception exception);
}
