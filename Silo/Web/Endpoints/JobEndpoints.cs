using System.Text;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;
using DistGan.Silo.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace DistGan.Silo.Web.Endpoints;

/// <summary>What a viewer may ask about jobs.</summary>
internal static class JobEndpoints
{
    private const int MostPoints = 5000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/jobs", ListAsync).WithSummary("All jobs of the cluster.").Produces<JobListDocument>();
        api.MapGet("/jobs/{job}", DescribeAsync).WithSummary("One job: state, replicas, scores, files.").Produces<JobDocument>().Produces<ErrorDocument>(StatusCodes.Status404NotFound);
        api.MapGet("/jobs/{job}/recipe", RecipeAsync).WithSummary("The recipe in force, with every default: JSON, or YAML where that is accepted.").Produces<string>(contentType: "application/json", additionalContentTypes: "application/yaml");
        api.MapGet("/jobs/{job}/events", EventsAsync).WithSummary("Events after a sequence number, at most a thousand.").Produces<EventListDocument>();
        api.MapGet("/jobs/{job}/metrics", MetricsAsync).WithSummary("What the replicas reported, in columns. names: metrics with commas; points: reports of a replica at most.").Produces<MetricsDocument>();
        api.MapGet("/presets", static () => TypedResults.Ok(PresetListDocument.All)).WithSummary("Recipes that come with the program, by name.").Produces<PresetListDocument>();
        api.MapGet("/workers", WorkersAsync).WithSummary("Workers, their devices and slots.").Produces<WorkerListDocument>();
    }

    private static async Task<IResult> ListAsync(IJobControl jobs, CancellationToken cancellationToken)
        => TypedResults.Ok(JobListDocument.Of(await jobs.ListAsync(cancellationToken)));

    private static async Task<IResult> DescribeAsync(string job, IJobControl jobs, CancellationToken cancellationToken)
        => TypedResults.Ok(JobDocument.Whole(await jobs.DescribeAsync(new JobId(job), cancellationToken)));

    private static async Task<IResult> RecipeAsync(string job, HttpRequest request, IJobControl jobs, CancellationToken cancellationToken)
    {
        var recipe = await jobs.RecipeAsync(new JobId(job), cancellationToken);
        return request.Headers.Accept.ToString().Contains("yaml", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Text(RecipeWriter.ToYaml(RecipeJson.Deserialize(recipe.Json.Span)), "application/yaml", Encoding.UTF8)
            : TypedResults.Bytes(recipe.Json, "application/json");
    }

    private static async Task<IResult> EventsAsync(string job, IJobControl jobs, CancellationToken cancellationToken, long after = 0)
    {
        // Nothing new would be waited for; what there is has the job's own count.
        var known = await jobs.DescribeAsync(new JobId(job), cancellationToken);
        var progress = await jobs.WatchAsync(known.Job, new JobCursor(Math.Max(0, after - 1), 0), cancellationToken);
        EventDocument[] events = [.. progress.Events.Where(entry => entry.Sequence > after).Select(EventDocument.Of)];
        return TypedResults.Ok(new EventListDocument { Job = job, Events = events, Last = events.Length > 0 ? events[^1].Sequence : after });
    }

    private static async Task<IResult> MetricsAsync(string job, IJobControl jobs, IObjectStore store, CancellationToken cancellationToken, string? names = null, int points = 1000, int? replica = null)
    {
        var known = await jobs.DescribeAsync(new JobId(job), cancellationToken);
        var wanted = MetricColumns.Named(names);
        var columns = new List<MetricColumns>();
        foreach (var ordinal in known.Replicas.Select(static one => one.Replica).Where(ordinal => replica is null || replica == ordinal))
        {
            if (await store.GetAsync($"{known.Folder}{RunFiles.Metrics(ordinal)}", cancellationToken) is { } file)
            {
                columns.Add(MetricColumns.Of(ordinal, file.Content.Span, wanted, Math.Clamp(points, 2, MostPoints)));
            }
        }

        MetricColumns.RefuseUnknown(wanted, columns);
        return TypedResults.Ok(MetricsDocument.Of(job, columns, known.Scores.Keys));
    }

    private static async Task<IResult> WorkersAsync(IGrainFactory grains, CancellationToken cancellationToken)
        => TypedResults.Ok(WorkerListDocument.Of(await grains.GetGrain<IWorkerDirectoryGrain>(0).ListAsync(cancellationToken)));
}
