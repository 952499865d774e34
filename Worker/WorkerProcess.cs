using System.Net;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.Health;
using DistGan.Hosting.Processes;
using DistGan.Hosting.Storage;
using DistGan.Hosting.Telemetry;
using DistGan.Recipes;
using DistGan.Worker.Data;
using DistGan.Worker.Slots;
using DistGan.Worker.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace DistGan.Worker;

/// <summary>A worker as a process: what the executable and <c>distgan worker</c> run.</summary>
public static class WorkerProcess
{
    /// <summary>What a stop takes besides the hand-over of the slots.</summary>
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(30);

    /// <summary>Runs it until it is told to stop; the exit code.</summary>
    /// <param name="settings">KEY=VALUE each, over appsettings.json and environment variables.</param>
    public static Task<int> RunAsync(IReadOnlyList<string> settings) => HostProcess.RunAsync("worker", static given => Build(given), settings);

    /// <summary>The host, ready to start.</summary>
    /// <param name="settings">KEY=VALUE each, over appsettings.json and environment variables.</param>
    /// <param name="services">Registers what is to take the place of the standard services; null for none.</param>
    /// <exception cref="DistGanException">The configuration is wrong, libtorch does not load, or a device is not there.</exception>
    public static IHost Build(IReadOnlyList<string> settings, Action<IServiceCollection>? services = null)
    {
        var drain = WorkerConfiguration.StandardDrainLimit;
        var builder = ClusterHost.CreateBuilder(settings, drain + ShutdownLimit);
        SetDefaults(builder);
        services?.Invoke(builder.Services);
        builder.ChoosePort();
        var options = WorkerConfiguration.Read(builder.Configuration, WorkerDevices.CountCuda);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainLimit + ShutdownLimit);
        builder.Services.AddHealthEndpoints(builder.Configuration);
        builder.Services.AddObjectStore(builder.Configuration);
        builder.AddTelemetry("worker");
        builder.Services.AddSingleton<IJobPaths>(FixedJobPaths.Cluster);
        builder.Services.AddSingleton<IReadiness>(static host => host.GetRequiredService<WorkerRegistrar>());
        builder.UseOrleans(silo => silo.UseClustering().AddActivityPropagation().AddWorker(options).OfferOnly(typeof(WorkerProcess).Assembly).EndOnFatalErrors(HostUse.Worker));
        builder.Services.AddSingleton<IHostedService, WorkerDrain>();
        builder.Services.AddHostedService<DataFolderCheck>();
        if (options.Devices.Any(static device => device != "cpu"))
        {
            builder.Services.AddHostedService<DeviceTelemetry>();
        }

        return builder.Build();
    }

    /// <summary>Consoles talk to silos, not to workers; on one machine, a worker takes a free port and joins the silo of the standard one.</summary>
    private static void SetDefaults(HostApplicationBuilder builder)
    {
        builder.Default("Orleans:Endpoints:GatewayPort", "0");
        if (ClusterHost.IsLocal(builder.Configuration))
        {
            builder.Default("Orleans:Endpoints:SiloPort", "0");
            builder.Default("Orleans:Clustering:PrimarySilo", $"{new IPEndPoint(IPAddress.Loopback, EndpointOptions.DEFAULT_SILO_PORT)}");
        }
    }
}
