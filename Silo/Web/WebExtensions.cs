using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Jobs;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Dashboard;
using Orleans.Hosting;

namespace DistGan.Silo.Web;

/// <summary>Registers the HTTP API and the dashboard.</summary>
public static class WebExtensions
{
    /// <summary>Adds what the dashboard of Orleans needs, where the configuration wants it.</summary>
    public static ISiloBuilder AddOrleansDashboard(this ISiloBuilder silo, IConfiguration configuration)
        => WebSettings.Read(configuration) is { HasOrleansDashboard: true } ? silo.AddDashboard() : silo;

    /// <summary>Listens where <c>DistGan:Web</c> says; without a port it does nothing. Call it after the silo, so that it starts later and stops earlier.</summary>
    /// <exception cref="DistGanException">The section is wrong.</exception>
    public static IServiceCollection AddWeb(this IServiceCollection services, IConfiguration configuration)
    {
        if (WebSettings.Read(configuration) is not { } settings)
        {
            return services;
        }

        var dashboard = OrleansDashboard.Of(services);
        services.TryAddSingleton<IJobControl>(static host => new GrainJobControl(host.GetRequiredService<IGrainFactory>()));
        return services.AddSingleton<IHostedService>(host => new WebServer(
            settings, dashboard.From(host), host.GetRequiredService<IJobControl>(), host.GetRequiredService<IGrainFactory>(), host.GetRequiredService<IObjectStore>(), host.GetRequiredService<ILoggerFactory>()));
    }
}
