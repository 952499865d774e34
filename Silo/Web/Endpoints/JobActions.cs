using System.Security.Claims;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Hosting.Jobs;
using DistGan.Recipes;
using DistGan.Silo.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DistGan.Silo.Web.Endpoints;

/// <summary>What an operator may do with jobs.</summary>
internal static class JobActions
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/jobs", SubmitAsync).WithSummary("Submits a job.").Produces<JobDocument>(StatusCodes.Status201Created).Produces<ErrorDocument>(StatusCodes.Status400BadRequest).Produces<ErrorDocument>(StatusCodes.Status409Conflict);
        api.MapPost("/jobs/{job}/stop", StopAsync).WithSummary("Ends a job: each replica finishes its step and takes a snapshot, or ends at once without one.").Produces<JobDocument>(StatusCodes.Status202Accepted);
        api.MapPost("/jobs/{job}/pause", PauseAsync).WithSummary("Takes snapshots and frees the slots, until the job is resumed.").Produces<JobDocument>(StatusCodes.Status202Accepted).Produces<ErrorDocument>(StatusCodes.Status409Conflict);
        api.MapPost("/jobs/{job}/snapshot", SnapshotAsync).WithSummary("Asks each replica that trains for a snapshot.").Produces<JobDocument>(StatusCodes.Status202Accepted).Produces<ErrorDocument>(StatusCodes.Status409Conflict);
        api.MapPost("/jobs/{job}/resume", ResumeAsync).WithSummary("A job that has ended or is paused goes on from its newest snapshot.").Produces<JobDocument>(StatusCodes.Status202Accepted).Produces<ErrorDocument>(StatusCodes.Status409Conflict);
        api.MapDelete("/jobs/{job}", DeleteAsync).WithSummary("Removes a job that has ended, with all its files.").Produces(StatusCodes.Status204NoContent).Produces<ErrorDocument>(StatusCodes.Status404NotFound).Produces<ErrorDocument>(StatusCodes.Status409Conflict);
        api.MapPost("/jobs/{job}/scale", ScaleAsync).WithSummary("Changes the number of replicas while the job runs.").Produces<JobDocument>(StatusCodes.Status202Accepted).Produces<ErrorDocument>(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> SubmitAsync(SubmitRequest request, ClaimsPrincipal who, IJobControl jobs, CancellationToken cancellationToken)
    {
        var recipe = RecipeRequest.Read(request);
        var name = request.Job ?? await JobNames.FreeAsync(jobs, recipe.Name, cancellationToken);
        if (name is null)
        {
            return Refused($"The cluster has {JobNames.Most} jobs of the name '{recipe.Name}': give another name as 'job'.");
        }

        recipe = RecipeReader.Apply(recipe, [$"name={name}"]);
        var job = new JobId(recipe.Name);
        var result = await jobs.SubmitAsync(
            new JobSubmission { Job = job, Recipe = RecipeEnvelopes.Wrap(recipe), User = who.Identity?.Name ?? request.User, Priority = request.Priority, Once = request.Job is not null }, cancellationToken);
        return result.Accepted
            ? TypedResults.Created($"{WebServer.Api}/jobs/{job}", JobDocument.Whole(await jobs.DescribeAsync(job, cancellationToken)))
            : Refused(result.Refusal ?? $"The job '{job}' was refused.");
    }

    private static async Task<IResult> StopAsync(string job, IJobControl jobs, CancellationToken cancellationToken, StopRequest? request = null)
    {
        var id = new JobId(job);
        await (request is { Now: true } ? jobs.StopNowAsync(id, cancellationToken) : jobs.InterruptAsync(id, cancellationToken));
        return await AcceptedAsync(id, jobs, cancellationToken);
    }

    private static async Task<IResult> PauseAsync(string job, IJobControl jobs, CancellationToken cancellationToken)
        => await AnswerAsync(new JobId(job), await jobs.PauseAsync(new JobId(job), cancellationToken), jobs, cancellationToken);

    private static async Task<IResult> SnapshotAsync(string job, IJobControl jobs, CancellationToken cancellationToken)
        => await AnswerAsync(new JobId(job), await jobs.SnapshotAsync(new JobId(job), cancellationToken), jobs, cancellationToken);

    private static async Task<IResult> AnswerAsync(JobId job, ActionResult result, IJobControl jobs, CancellationToken cancellationToken)
        => result.Accepted ? await AcceptedAsync(job, jobs, cancellationToken) : Refused(result.Refusal ?? $"The job '{job}' was refused.");

    private static async Task<IResult> ResumeAsync(string job, IJobControl jobs, CancellationToken cancellationToken, ResumeRequest? request = null)
    {
        var id = new JobId(job);
        var before = await jobs.DescribeAsync(id, cancellationToken);
        if (before.State is JobState.Running or JobState.Stopping or JobState.Waiting or JobState.Pending)
        {
            return Refused($"The job '{job}' is {JobDocument.NameOf(before.State)}: only one that has ended or is paused can be resumed.");
        }

        var known = await jobs.RecipeAsync(id, cancellationToken);
        var recipe = ResumeChanges.Apply(RecipeJson.Deserialize(known.Json.Span), request?.Set ?? []);
        var result = await jobs.SubmitAsync(
            new JobSubmission { Job = id, Recipe = RecipeEnvelopes.Wrap(recipe), Resume = true, User = before.User, Priority = before.Priority }, cancellationToken);
        return result.Accepted ? await AcceptedAsync(id, jobs, cancellationToken) : Refused(result.Refusal ?? $"The job '{job}' was refused.");
    }

    private static async Task<IResult> ScaleAsync(string job, ScaleRequest request, IJobControl jobs, CancellationToken cancellationToken)
    {
        if (request.Replicas < 1)
        {
            throw new DistGanException($"replicas = {request.Replicas}: must be at least 1; stop or pause the job for none.");
        }

        var id = new JobId(job);
        var result = await jobs.ScaleAsync(id, request.Replicas, request.Reason, cancellationToken);
        return result.Accepted ? await AcceptedAsync(id, jobs, cancellationToken) : Refused(result.Refusal ?? $"The job '{job}' was refused.");
    }

    private static async Task<IResult> DeleteAsync(string job, IJobControl jobs, CancellationToken cancellationToken)
        => await jobs.DeleteAsync(new JobId(job), cancellationToken) is { Accepted: false } result ? Refused(result.Refusal ?? $"The job '{job}' was not removed.") : TypedResults.NoContent();

    private static async Task<IResult> AcceptedAsync(JobId job, IJobControl jobs, CancellationToken cancellationToken)
        => TypedResults.Accepted($"{WebServer.Api}/jobs/{job}", JobDocument.Whole(await jobs.DescribeAsync(job, cancellationToken)));

    private static IResult Refused(string why) => TypedResults.Conflict(new ErrorDocument { Errors = [why] });
}
