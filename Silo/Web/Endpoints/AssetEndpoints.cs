using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace DistGan.Silo.Web.Endpoints;

/// <summary>The files of the dashboard, which are resources of this assembly. Nothing of them comes from elsewhere.</summary>
internal static class AssetEndpoints
{
    private const string Prefix = "web/";
    private const string Page = "index.html";
    private const string Policy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

    private static readonly FileExtensionContentTypeProvider Types = new();
    private static readonly Dictionary<string, Asset> Assets = Load();

    public static void Map(WebApplication web)
    {
        web.MapGet("/assets/{**name}", static (string name, HttpRequest request) => Answer(request, name)).AllowAnonymous().ExcludeFromDescription();
        foreach (var path in (string[])["/", "/jobs/{job}", "/compare", "/studies", "/studies/{study}", "/workers", "/api"])
        {
            web.MapGet(path, static (HttpRequest request) => Answer(request, Page)).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static IResult Answer(HttpRequest request, string name)
    {
        if (!Assets.TryGetValue(name, out var asset))
        {
            return TypedResults.NotFound();
        }

        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
        return TypedResults.Bytes(asset.Content, asset.Type, entityTag: asset.Tag);
    }

    private static Dictionary<string, Asset> Load()
    {
        var assembly = typeof(AssetEndpoints).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(static name => name[Prefix.Length..], name => Read(assembly.GetManifestResourceStream(name)!, name), StringComparer.Ordinal);
    }

    private static Asset Read(Stream resource, string name)
    {
        using (resource)
        {
            var content = new byte[resource.Length];
            resource.ReadExactly(content);
            var type = Types.TryGetContentType(name, out var known) ? known : "application/octet-stream";
            var text = type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type;
            return new(content, text, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\""));
        }
    }

    private sealed record Asset(byte[] Content, string Type, EntityTagHeaderValue Tag);
}
