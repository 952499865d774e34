using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DistGan.Silo.Web;

/// <summary>What the OpenAPI document says of the API as a whole: its name, and how a caller says who it is.</summary>
internal static class ApiDescription
{
    private const string Scheme = "token";

    /// <summary>Adds it to the document.</summary>
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer(static (document, _, _) =>
    {
        document.Info = new() { Title = "DistGan", Version = "1", Description = "Jobs that train generative adversarial networks on a cluster: what the console does, for scripts." };
        var components = document.Components ??= new();
        components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The token of a user, DistGan:Web:Users:NAME:Token; a silo without users on the loopback interface needs none.",
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    });
}
