using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Workers;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.Health;
using DistGan.Hosting.Processes;
using DistGan.Hosting.Storage;
using DistGan.Hosting.Telemetry;
using DistGan.Recipes;
using DistGan.Silo.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DistGan.Silo;

/// <summary>The control plane as a process: what the executable and <c>distgan silo</c> run.</summary>
public static class SiloProcess
{
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs it until it is told to stop; the exit code.</summary>
    /// <param name="settings">KEY=VALUE each, over appsettings.json and environment variables.</param>
    public static Task<int> RunAsync(IReadOnlyList<string> settings) => HostProcess.RunAsync("silo", static given => Build(given), settings);

    /// <summary>The host, ready to start.</summary>
    /// <param name="settings">KEY=VALUE each, over appsettings.json and environment variables.</param>
    /// <param name="services">Registers what is to take the place of the standard services; null for none.</param>
    /// <exception cref="DistGanException">The configuration is wrong.</exception>
    public static IHost Build(IReadOnlyList<string> settings, Action<IServiceCollection>? services = null)
    {
        var builder = ClusterHost.CreateBuilder(settings, ShutdownLimit);
        services?.Invoke(builder.Services);
        builder.ChoosePort();
        builder.Services.AddHealthEndpoints(builder.Configuration);
        builder.Services.AddObjectStore(builder.Configuration);
        builder.AddTelemetry("silo");
        builder.Services.AddSingleton<IJobPaths>(FixedJobPaths.Cluster);
        builder.UseOrleans(silo => silo.UseClustering().AddOrleansDashboard(builder.Configuration).AddActivityPropagation().AddControlPlane().OfferOnly(typeof(SlotLedger).Assembly).EndOnFatalErrors(HostUse.Silo));
        builder.Services.AddWeb(builder.Configuration);
        return builder.Build();
    }
}
