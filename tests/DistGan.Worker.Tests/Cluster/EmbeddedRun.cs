using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.Jobs;
using DistGan.Hosting.Storage;
using DistGan.Recipes;
using DistGan.Silo;
using DistGan.Worker.Replicas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DistGan.Worker.Tests.Cluster;

/// <summary>A control plane and a worker on one silo, over a run folder.</summary>
internal sealed class EmbeddedRun : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);
    public static readonly JobId Job = new("ring");
    private readonly IHost _host;

    private EmbeddedRun(IHost host, IObjectStore store) => (_host, Store) = (host, store);

    public IObjectStore Store { get; }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    private IJobControl Jobs => new GrainJobControl(Grains);

    public static async Task<EmbeddedRun> StartAsync(string folder, int slots = 1, IReplicaFactory? factory = null, Action<ISiloBuilder>? configure = null)
    {
        var store = new DirectoryObjectStore(folder);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<IObjectStore>(store);
        builder.Services.AddSingleton<IJobPaths>(FixedJobPaths.Embedded);
        if (factory is not null)
        {
            builder.Services.AddSingleton(factory);
        }

        builder.UseOrleans(silo =>
        {
            silo.UseEmbeddedClustering().AddControlPlane().AddWorker(new WorkerOptions { Threads = 1, Slots = slots });
            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new EmbeddedRun(host, store);
    }

    public async Task SubmitAsync(Recipe recipe, bool resume = false)
    {
        var json = RecipeJson.Serialize(recipe);
        var envelope = new RecipeEnvelope { SchemaVersion = Recipe.SchemaVersion, Json = json, Sha256 = RecipeJson.Sha256(json) };
        var result = await Jobs.SubmitAsync(new JobSubmission { Job = Job, Recipe = envelope, Resume = resume }, CancellationToken.None);
        Assert.True(result.Accepted, result.Refusal);
    }

    public async Task ScaleAsync(int replicas)
    {
        var result = await Jobs.ScaleAsync(Job, replicas, null, CancellationToken.None);
        Assert.True(result.Accepted, result.Refusal);
    }

    public Task InterruptAsync() => Jobs.InterruptAsync(Job, CancellationToken.None);

    /// <summary>Watches until the job has ended.</summary>
    public Task<JobSummary> EndAsync() => WatchAsync("the end", static progress => progress.State is JobState.Completed or JobState.Failed or JobState.Interrupted);

    /// <summary>Watches until something is so, or fails at the deadline.</summary>
    public async Task<JobSummary> WatchAsync(string what, Func<JobProgress, bool> reached)
    {
        using var limit = new CancellationTokenSource(Deadline);
        var cursor = new JobCursor(0, 0);
        try
        {
            while (true)
            {
                var progress = await Jobs.WatchAsync(Job, cursor, limit.Token);
                cursor = progress.Cursor;
                if (reached(progress))
                {
                    return await Jobs.DescribeAsync(Job, limit.Token);
                }
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"Waited {Deadline.TotalSeconds} s for {what}.", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
