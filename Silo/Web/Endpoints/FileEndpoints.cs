using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Artifacts;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Silo.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;

namespace DistGan.Silo.Web.Endpoints;

/// <summary>The files of a job's run folder, from the object store.</summary>
internal static class FileEndpoints
{
    private static readonly FileExtensionContentTypeProvider Types = new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png", [".json"] = "application/json", [".jsonl"] = "application/x-ndjson", [".yaml"] = "application/yaml", [".csv"] = "text/csv",
    });

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/jobs/{job}/files", ListAsync).WithSummary("Files whose names begin with a prefix, such as samples/.").Produces<FileListDocument>();
        api.MapGet("/jobs/{job}/files/{**name}", ReadAsync).WithSummary("One file.").Produces<byte[]>(contentType: "application/octet-stream").Produces<ErrorDocument>(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(string job, IJobControl jobs, IObjectStore store, CancellationToken cancellationToken, string prefix = "")
    {
        var known = await jobs.DescribeAsync(new JobId(job), cancellationToken);
        var names = new List<string>();
        if (ArtifactNames.IsPrefix(prefix))
        {
            await foreach (var name in store.ListAsync(known.Folder + prefix, cancellationToken))
            {
                names.Add(name[known.Folder.Length..]);
            }
        }

        return TypedResults.Ok(new FileListDocument { Job = job, Files = names });
    }

    private static async Task<IResult> ReadAsync(string job, string name, HttpResponse response, IJobControl jobs, IObjectStore store, CancellationToken cancellationToken)
    {
        var known = await jobs.DescribeAsync(new JobId(job), cancellationToken);
        if (!ArtifactNames.IsName(name) || await store.OpenAsync(known.Folder + name, cancellationToken) is not { } content)
        {
            return TypedResults.NotFound(new ErrorDocument { Errors = [$"The job '{job}' has no file '{name}'."] });
        }

        // What is named by its step is written once; an earlier start may have made it anew, so the browser asks again after a while.
        response.Headers.CacheControl = name.StartsWith(RunFiles.SamplesPrefix, StringComparison.Ordinal) ? "private, max-age=60" : "no-cache";
        return TypedResults.Stream(content, Types.TryGetContentType(name, out var type) ? type : "application/octet-stream");
    }
}
