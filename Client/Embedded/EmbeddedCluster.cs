using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Client.Studies.Running;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.Jobs;
using DistGan.Hosting.Processes;
using DistGan.Hosting.Storage;
using DistGan.Silo;
using DistGan.Silo.Web;
using DistGan.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistGan.Client.Embedded;

/// <summary>
/// A whole cluster in this process for one run: control plane and one worker on one silo, random loopback ports, the run folder as
/// object store, warnings in the run's log file, nothing on the console, no signal handlers.
/// </summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(10);

    private readonly IHost _host;

    private EmbeddedCluster(IHost host)
    {
        _host = host;
        Jobs = new GrainJobControl(host.Services.GetRequiredService<IGrainFactory>());
    }

    /// <summary>Submits and watches jobs of this cluster.</summary>
    public IJobControl Jobs { get; }

    /// <summary>Starts the cluster.</summary>
    /// <param name="plan">The run: its folder, its device, its threads.</param>
    /// <param name="time">The clock of every grain and log line.</param>
    public static async Task<EmbeddedCluster> StartAsync(TrainPlan plan, TimeProvider time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(new FileLoggerProvider(Path.Combine(plan.RunFolder, EndReport.LogFile), time));
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.Services.AddSingleton<IObjectStore>(new DirectoryObjectStore(plan.RunFolder));
        builder.Services.AddSingleton<IJobPaths>(FixedJobPaths.Embedded);
        builder.UseOrleans(silo =>
        {
            silo.UseEmbeddedClustering();
            silo.AddControlPlane();
            silo.AddWorker(new WorkerOptions
            {
                Devices = [plan.Device],
                Slots = plan.Recipe.Topology.Replicas,
                Threads = plan.Recipe.Threads,
            });
        });
        AddDashboard(builder, plan.Web);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            return new(host);
        }
        catch (IOException exception) when (plan.Web is not null)
        {
            host.Dispose();
            throw new CommandException(ExitCodes.Usage, $"--web {plan.Web}: another process listens on that port; choose another.", exception);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static void AddDashboard(HostApplicationBuilder builder, int? port)
    {
        if (port is not null)
        {
            builder.Configuration["DistGan:Web:Port"] = $"{port}";
            builder.Configuration["DistGan:Web:Studies"] = StudyFolder.Standard;
            builder.Services.AddWeb(builder.Configuration);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(StopWithin);
        await _host.StopAsync(deadline.Token);
        _host.Dispose();
    }
}
