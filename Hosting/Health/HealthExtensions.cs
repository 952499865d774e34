using System.Net;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;

namespace DistGan.Hosting.Health;

/// <summary>Registers the endpoints that say how a process is.</summary>
public static class HealthExtensions
{
    private const string Section = "DistGan:Health";

    /// <summary>
    /// Answers on <c>DistGan:Health:Port</c> of <c>DistGan:Health:Address</c> (the loopback interface without it); without a port it
    /// does nothing. Call it before anything else is registered that starts: it tells of their start.
    /// </summary>
    /// <exception cref="DistGanException">The section is wrong.</exception>
    public static IServiceCollection AddHealthEndpoints(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (section["Port"] is not { Length: > 0 } text)
        {
            return services;
        }

        if (!ushort.TryParse(text, out var port) || port == 0)
        {
            throw new DistGanException($"{Section}:Port is '{text}', expected a port from 1 to 65535.");
        }

        var address = section["Address"] is { Length: > 0 } given ? given : $"{IPAddress.Loopback}";
        if (!IPAddress.TryParse(address, out var parsed))
        {
            throw new DistGanException($"{Section}:Address is '{address}', expected an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all.");
        }

        return services.AddSingleton<IHostedService>(host => new HealthServer(
            new IPEndPoint(parsed, port), host.GetRequiredService<IHostApplicationLifetime>(), host.GetServices<IReadiness>(), host.GetService<MeterProvider>()));
    }
}
