using System.Net;
using DistGan.Hosting.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;

namespace DistGan.Hosting.Health;

/// <summary>
/// <c>GET /health/live</c>: 200 while the process answers. <c>GET /health/ready</c>: 200 while it takes part in the cluster, 503 and
/// one sentence before and after. <c>GET /metrics</c>: what Prometheus reads. It starts first and stops last.
/// </summary>
internal sealed class HealthServer(IPEndPoint endpoint, IHostApplicationLifetime life, IEnumerable<IReadiness> needs, MeterProvider? metrics) : IHostedService
{
    private WebApplication? _web;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(endpoint));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        _web = builder.Build();
        _web.MapGet("/health/live", static (HttpContext context) => Answer(context, whyNot: null, "live"));
        _web.MapGet("/health/ready", (HttpContext context) => Answer(context, WhyNotReady(), "ready"));
        if (metrics is not null)
        {
            _web.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, null, "/metrics", null, null);
        }

        return _web.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_web is { } web)
        {
            await web.StopAsync(cancellationToken);
            await web.DisposeAsync();
        }
    }

    private string? WhyNotReady()
        => life.ApplicationStopping.IsCancellationRequested ? "The process is stopping."
            : !life.ApplicationStarted.IsCancellationRequested ? "The process is starting."
            : needs.Select(static need => need.WhyNot).FirstOrDefault(static why => why is not null);

    private static Task Answer(HttpContext context, string? whyNot, string otherwise)
    {
        context.Response.StatusCode = whyNot is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"{whyNot ?? otherwise}\n", context.RequestAborted);
    }
}
