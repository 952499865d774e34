using System.Globalization;
using System.Security.Claims;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Processes;
using DistGan.Silo.Documents;
using DistGan.Silo.Web.Endpoints;
using DistGan.Silo.Web.Studies;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Dashboard;

namespace DistGan.Silo.Web;

/// <summary>The HTTP API and the dashboard of a silo: a second face of <see cref="IJobControl"/>, beside the console. It starts after the silo and stops before it.</summary>
internal sealed partial class WebServer(WebSettings settings, IReadOnlyList<ServiceDescriptor> dashboard, IJobControl jobs, IGrainFactory grains, IObjectStore store, ILoggerFactory loggers) : IHostedService
{
    /// <summary>What the paths of the API begin with.</summary>
    public const string Api = "/api/v1";

    private readonly ILogger _logger = loggers.CreateLogger<WebServer>();
    private WebApplication? _web;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _web = Build();
        await _web.StartAsync(cancellationToken);
        LogListens(string.Create(CultureInfo.InvariantCulture, $"{settings.Scheme}://{settings.Endpoint}"));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_web is { } web)
        {
            await web.StopAsync(cancellationToken);
            await web.DisposeAsync();
        }
    }

    private void Encrypt(ListenOptions listen)
    {
        if (settings.Certificate is { } certificate)
        {
            _ = certificate.Current(); // a wrong one is told now
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate.Current()) });
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(settings.Endpoint, Encrypt);
        });
        builder.Services.AddSingleton(loggers).AddSingleton<IHostLifetime, NoHostLifetime>();
        foreach (var service in dashboard)
        {
            builder.Services.Add(service);
        }

        builder.Services.AddSingleton(settings).AddSingleton(new StudyShelf(settings.Studies)).AddSingleton(jobs).AddSingleton(grains).AddSingleton(store);
        builder.Services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
        builder.Services.AddRouting().AddOpenApi("v1", ApiDescription.Configure);
        builder.Services.ConfigureHttpJsonOptions(static json => DocumentJson.Configure(json.SerializerOptions));
        builder.Services.AddAuthentication(TokenAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(nameof(WebRole.Viewer), static policy => policy.RequireClaim(ClaimTypes.Role, nameof(WebRole.Viewer), nameof(WebRole.Operator)))
            .AddPolicy(nameof(WebRole.Operator), static policy => policy.RequireClaim(ClaimTypes.Role, nameof(WebRole.Operator)));
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, Refusals>();
        var web = builder.Build();
        var origin = new SameOrigin(settings);
        web.Use(static next => context => Failures.HandleAsync(context, next));
        web.Use(next => context => origin.WhyNot(context.Request) is { } whyNot ? Failures.WriteAsync(context, StatusCodes.Status403Forbidden, whyNot) : next(context));
        web.UseAuthentication();
        web.UseAuthorization();
        Map(web);
        return web;
    }

    private void Map(WebApplication web)
    {
        var api = web.MapGroup(Api);
        SessionEndpoints.Map(api);
        var viewing = api.MapGroup("").RequireAuthorization(nameof(WebRole.Viewer));
        JobEndpoints.Map(viewing);
        FileEndpoints.Map(viewing);
        StreamEndpoint.Map(viewing);
        StudyEndpoints.Map(viewing);
        JobActions.Map(api.MapGroup("").RequireAuthorization(nameof(WebRole.Operator)));
        web.MapOpenApi($"{Api}/openapi.json").AllowAnonymous();
        if (settings.HasOrleansDashboard)
        {
            web.MapGroup("").RequireAuthorization(nameof(WebRole.Operator)).MapOrleansDashboard("/orleans");
        }

        AssetEndpoints.Map(web);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The API and the dashboard are at {Address}.")]
    private partial void LogListens(string address);
}
