using System.Text.Json;
using DistGan.Silo.Documents;
using DistGan.Silo.Web.Studies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DistGan.Silo.Web.Endpoints;

/// <summary>The studies in the folder that the silo offers, read only.</summary>
internal static class StudyEndpoints
{
    private const int MostPoints = 5000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/studies", static (StudyShelf shelf) => TypedResults.Ok(shelf.List())).WithSummary("The studies in the folder that the silo offers.").Produces<StudyListDocument>();
        api.MapGet("/studies/{study}", Describe).WithSummary("One study: its plan, and what is done of it.").Produces<StudyDocument>().Produces<ErrorDocument>(StatusCodes.Status404NotFound);
        api.MapGet("/studies/{study}/results", Results).WithSummary("Its results.json, which is what 'study show -o json' prints.").Produces<JsonElement>().Produces<ErrorDocument>(StatusCodes.Status404NotFound);
        api.MapGet("/studies/{study}/runs/{run}/metrics", Metrics).WithSummary("What the replicas of a run reported, as that of a job.").Produces<MetricsDocument>().Produces<ErrorDocument>(StatusCodes.Status404NotFound);
    }

    private static IResult Describe(string study, StudyShelf shelf) => shelf.Find(study) is { } found ? TypedResults.Ok(found) : None($"There is no study '{study}'.");

    private static IResult Results(string study, StudyShelf shelf)
        => shelf.Results(study) is { } results ? TypedResults.Ok(results) : None($"There is no study '{study}' with results; they are written when its first run ends.");

    private static IResult Metrics(string study, string run, StudyShelf shelf, string? names = null, int points = 1000)
    {
        if (shelf.Metrics(study, run) is not { } files)
        {
            return None($"There is no study '{study}' with a run '{run}' that has begun.");
        }

        var wanted = MetricColumns.Named(names);
        var columns = files.Select(file => MetricColumns.Of(file.Replica, file.Content, wanted, Math.Clamp(points, 2, MostPoints))).ToList();
        MetricColumns.RefuseUnknown(wanted, columns);
        return TypedResults.Ok(MetricsDocument.Of(run, columns, MetricColumns.ScoresIn(files.Select(static file => file.Content))));
    }

    private static IResult None(string why) => TypedResults.NotFound(new ErrorDocument { Errors = [$"{why} {WebServer.Api}/studies lists those that there are."] });
}
