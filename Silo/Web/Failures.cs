using System.Text.Json;
using System.Text.RegularExpressions;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;
using DistGan.Silo.Documents;
using Microsoft.AspNetCore.Http;
using Orleans.Runtime;

namespace DistGan.Silo.Web;

/// <summary>Failures as documents with the status that fits.</summary>
internal static partial class Failures
{
    /// <summary>The next handler's failures become answers.</summary>
    public static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (Unanswered(context) is { } sentence)
            {
                await WriteAsync(context, context.Response.StatusCode, sentence);
            }
        }
        catch (Exception exception) when (!context.Response.HasStarted && Of(exception) is { } answer)
        {
            await WriteAsync(context, answer.Status, answer.Errors);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
    }

    /// <summary>Writes errors as a document.</summary>
    public static Task WriteAsync(HttpContext context, int status, params IReadOnlyList<string> errors)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ErrorDocument { Errors = errors }, DocumentJson.Options, context.RequestAborted);
    }

    /// <summary>Why routing has found nobody who answers; null where somebody has.</summary>
    private static string? Unanswered(HttpContext context)
    {
        var request = context.Request;
        return context.Response.HasStarted || !request.Path.StartsWithSegments(WebServer.Api, StringComparison.OrdinalIgnoreCase) ? null : context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound when context.GetEndpoint() is null => $"There is no {request.Method} {request.Path}: {WebServer.Api}/openapi.json lists what there is.",
            StatusCodes.Status405MethodNotAllowed => $"There is no {request.Method} {request.Path}, but {context.Response.Headers.Allow}: {WebServer.Api}/openapi.json lists what there is.",
            StatusCodes.Status415UnsupportedMediaType => $"The body is '{request.ContentType}', but must be JSON: send Content-Type: application/json.",
            _ => null,
        };
    }

    private static (int Status, IReadOnlyList<string> Errors)? Of(Exception exception) => exception switch
    {
        UnknownJobException => (StatusCodes.Status404NotFound, [exception.Message]),
        InvalidRecipeException invalid => (StatusCodes.Status400BadRequest, [.. invalid.Errors.Select(static error => $"{error}")]),
        BadHttpRequestException bad => (bad.StatusCode, [Sentence(bad)]),
        ObjectStoreException => (StatusCodes.Status503ServiceUnavailable, [exception.Message]),
        DistGanException => (StatusCodes.Status400BadRequest, [exception.Message]),
        TimeoutException or OrleansException => (StatusCodes.Status503ServiceUnavailable, [$"The cluster did not answer ({exception.Message.Split('\n')[0]}): try again."]),
        _ => null,
    };

    private static string Sentence(BadHttpRequestException bad) => bad.InnerException switch
    {
        JsonException json when json.Message.Contains("could not be mapped", StringComparison.Ordinal) => $"The body has a property {json.Message.Split('\'')[1]}, which is unknown: {WebServer.Api}/openapi.json describes what there is.",
        JsonException json => $"The body is not the JSON that is expected at {json.Path ?? "its beginning"}: {WebServer.Api}/openapi.json describes it.",
        _ => Unbound().Match(bad.Message) is { Success: true } unbound
            ? $"{unbound.Groups["name"].Value} = {unbound.Groups["value"].Value}: must be a {(unbound.Groups["type"].Value is "int" or "long" ? "whole number" : unbound.Groups["type"].Value)}."
            : bad.Message,
    };

    /// <summary>What the framework says of a parameter of the address that is of another type.</summary>
    [GeneratedRegex("""^Failed to bind parameter "(?:Nullable<)?(?<type>\w+)[>?]* (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unbound();
}
