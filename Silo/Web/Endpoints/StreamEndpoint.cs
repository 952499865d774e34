using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Silo.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DistGan.Silo.Web.Endpoints;

/// <summary>
/// What happens to a job, as server-sent events: <c>event</c> and <c>report</c> with their documents, and <c>state</c>. Each carries an id, with which a browser that lost the connection
/// goes on by itself, without missing or repeating an event.
/// </summary>
internal static class StreamEndpoint
{
    public static void Map(RouteGroupBuilder api)
        => api.MapGet("/jobs/{job}/stream", OpenAsync)
            .WithSummary("Events and reports as they come, as server-sent events. after: the id of the last one that is known, as the header Last-Event-ID.")
            .Produces<string>(contentType: "text/event-stream");

    private static async Task<IResult> OpenAsync(string job, HttpContext context, IJobControl jobs, CancellationToken cancellationToken, string? after = null)
    {
        // Before the answer begins, a wrong name is still an error.
        var known = await jobs.DescribeAsync(new JobId(job), cancellationToken);
        var last = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : after;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(ItemsAsync(known.Job, Cursor(last), jobs, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<JsonElement>> ItemsAsync(JobId job, JobCursor cursor, IJobControl jobs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobState? told = null;
        while (true)
        {
            var progress = await jobs.WatchAsync(job, cursor, cancellationToken);
            foreach (var entry in progress.Events)
            {
                yield return Item("event", EventDocument.Of(entry), new(entry.Sequence, cursor.Report));
            }

            for (var i = 0; i < progress.Reports.Count; i++)
            {
                yield return Item("report", ReportDocument.Of(progress.Reports[i]), new(progress.Cursor.Sequence, progress.Cursor.Report - (progress.Reports.Count - 1 - i)));
            }

            cursor = progress.Cursor;
            if (progress.State != told || progress.Events.Count + progress.Reports.Count == 0)
            {
                // With nothing new it tells that the connection lives.
                told = progress.State;
                yield return Item("state", new StateDocument { State = JobDocument.NameOf(progress.State), Failure = progress.Failure }, cursor);
            }

            if (progress.State is JobState.Completed or JobState.Failed or JobState.Interrupted && progress.Events.Count < ICoordinatorGrain.EventsInAnswer)
            {
                yield break;
            }
        }
    }

    private static SseItem<JsonElement> Item<T>(string kind, T document, JobCursor cursor)
        => new(JsonSerializer.SerializeToElement(document, DocumentJson.Options), kind) { EventId = string.Create(CultureInfo.InvariantCulture, $"{cursor.Sequence}.{cursor.Report}") };

    private static JobCursor Cursor(string? text)
    {
        var parts = text?.Split('.') ?? [];
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var report)
            ? new(sequence, report)
            : default;
    }
}
