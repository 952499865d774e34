using DistGan.Client.CommandLine;
using DistGan.Client.Data;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Hosting.Jobs;
using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Client.Clusters;

/// <summary>Gives jobs to a cluster.</summary>
public sealed class JobSubmitter(IJobControl jobs)
{
    /// <summary>What is to be submitted, checked as far as this machine sees its data; warnings go to standard error.</summary>
    /// <exception cref="InvalidRecipeException">The recipe is not valid.</exception>
    /// <exception cref="CommandException">There is no such recipe or run, or its weights do not fit.</exception>
    public static async Task<PreparedJob> PrepareAsync(CommandConsole console, SubmitSource source, CancellationToken cancellationToken)
    {
        var start = source.From is null ? null : await StartSource.OpenAsync(source.From, source.Replica, damage => console.Error.WriteLine($"warning: {damage}"), cancellationToken);
        var recipe = RecipeFreezer.WithFullPaths(StartedRecipe.Build(source.File, source.Preset, source.Overrides, start));
        start ??= recipe.Start is { Stored: null } beside ? StartSource.Beside(source.File, beside) : null;
        var facts = ThrowIfInvalid(console, recipe);
        if (facts is not null)
        {
            start?.ThrowIfUnfit(recipe, facts.IsImages ? new SampleShape(facts.Channels, recipe.Data.Size, recipe.Data.Size) : SampleShape.Point(facts.Channels), facts.Classes);
        }

        foreach (var warning in RecipeValidator.Warnings(recipe))
        {
            console.Error.WriteLine($"warning: {warning}");
        }

        return new PreparedJob(recipe, start);
    }

    /// <summary>Files that are to be uploaded are opened first, as 'train' does: who is wrong about them is told here, and at once.</summary>
    private static DataFacts? ThrowIfInvalid(CommandConsole console, Recipe recipe)
    {
        var facts = DataFacts.OfCatalog(recipe.Data);
        if (facts is not null || recipe.Data.Shared || recipe.Data.Stored is not null)
        {
            RecipeValidator.ThrowIfInvalid(recipe, facts);
            return facts;
        }

        foreach (var (key, path) in ((string, string?)[])[("data.folder", recipe.Data.Folder), ("data.idx", recipe.Data.Idx)])
        {
            if (path is not null && !Path.Exists(path))
            {
                throw new CommandException(ExitCodes.Usage, $"{key}: there is no {path} on this machine: name what is to be uploaded to the cluster, or set data.shared=true where every worker sees that path.");
            }
        }

        return DataCheck.ThrowIfUnfit(recipe, new DataNotices(console).Opening());
    }

    /// <summary>The name under which it was tried last; null before.</summary>
    public JobId? Tried { get; private set; }

    /// <summary>Refuses a name that another job has, as the cluster would, before anything is uploaded for it.</summary>
    /// <param name="recipe">The recipe, whose name somebody asked for.</param>
    /// <param name="once">Whether a job of this name and recipe is this very submission.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CommandException">There is such a job.</exception>
    public async Task ThrowIfTakenAsync(Recipe recipe, bool once, CancellationToken cancellationToken)
    {
        try
        {
            var known = await jobs.DescribeAsync(new JobId(recipe.Name), cancellationToken);
            if (known.Steps == 0)
            {
                return; // one that never trained may be submitted anew
            }

            var isOther = RecipeJson.Deserialize((await jobs.RecipeAsync(known.Job, cancellationToken)).Json.Span).Data.Stored != recipe.Data.Stored;
            if (!once || isOther)
            {
                throw new CommandException(ExitCodes.Refused, $"The job '{recipe.Name}' exists already ({known.State.ToString().ToLowerInvariant()}{(isOther ? ", with other data" : "")}): resume it, or use another name.");
            }
        }
        catch (UnknownJobException)
        {
            // The name is free.
        }
    }

    /// <summary>Submits, under the first free name where the recipe's is taken and nobody asked for it.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="isNamed">Whether somebody asked for its name.</param>
    /// <param name="place">Whose share of the slots it uses, its priority, and whether its name makes it one and the same submission.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The job, and whether it was there already with this recipe.</returns>
    /// <exception cref="CommandException">The cluster refuses.</exception>
    public async Task<(JobId Job, bool IsExisting)> SubmitAsync(Recipe recipe, bool isNamed, (string? User, int Priority, bool Once) place, CancellationToken cancellationToken)
    {
        recipe = isNamed ? recipe : recipe with
        {
            Name = await JobNames.FreeAsync(jobs, recipe.Name, cancellationToken)
                ?? throw new CommandException(ExitCodes.Refused, $"The cluster has {JobNames.Most} jobs of the name '{recipe.Name}': give another one with --set name=NAME."),
        };
        var job = new JobId(recipe.Name);
        Tried = job;
        var result = await jobs.SubmitAsync(new JobSubmission { Job = job, Recipe = RecipeEnvelopes.Wrap(recipe), User = place.User, Priority = place.Priority, Once = place.Once }, cancellationToken).WaitAsync(cancellationToken);
        Require(result, job);
        return (job, result.Existing);
    }

    /// <summary>Goes on where a submission was accepted.</summary>
    /// <exception cref="CommandException">It was refused.</exception>
    internal static void Require(SubmitResult result, JobId job)
    {
        if (!result.Accepted)
        {
            throw new CommandException(ExitCodes.Refused, result.Refusal ?? $"The job '{job}' was refused, and the cluster gives no reason.");
        }
    }
}
