using DistGan.Bench.Jobs;
using DistGan.Client.Clusters;
using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.Jobs;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;

namespace DistGan.Bench.Clusters;

/// <summary>A cluster of processes on this machine, whose trainers compute nothing.</summary>
internal sealed class Rig : IDisposable
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(60);

    private readonly ScratchFolder _folder = new();
    private readonly int _siloPort = LoopbackPorts.Free();
    private readonly int _gatewayPort = LoopbackPorts.Free();
    private readonly List<HostProcess> _workers = [];

    /// <param name="ofSilo">KEY=VALUE each, for the silo.</param>
    public Rig(params IEnumerable<string> ofSilo) => Silo = HostProcess.Start(Log("silo"), ["silo", Store, .. ofSilo, $"Orleans:Endpoints:SiloPort={_siloPort}", $"Orleans:Endpoints:GatewayPort={_gatewayPort}", "DistGan:Placement:OwnersBeforeQuarantine=100"]);

    public HostProcess Silo { get; }

    public IReadOnlyList<HostProcess> Workers => _workers;

    /// <summary>What a job writes.</summary>
    public string JobFolder(string job) => Path.Combine(_folder.Path, "store/jobs", job);

    public HostProcess StartWorker(NullSettings trainer, int slots)
    {
        var worker = HostProcess.Start(
            Log($"worker-{_workers.Count}"),
            "worker",
            trainer.Argument,
            Store,
            $"Orleans:Clustering:PrimarySilo=127.0.0.1:{_siloPort}",
            "DistGan:Worker:Devices=cpu",
            "DistGan:Worker:Threads=1",
            $"DistGan:Worker:Slots={slots}");
        _workers.Add(worker);
        return worker;
    }

    public Task<ClusterConnection> ConnectAsync()
    {
        var settings = new Dictionary<string, string?> { ["Orleans:Clustering:ProviderType"] = "Localhost", ["Orleans:Endpoints:GatewayPort"] = $"{_gatewayPort}" };
        return ClusterConnection.OpenAsync(new ClusterAddress("bench", new ConfigurationBuilder().AddInMemoryCollection(settings).Build()), ConnectWithin);
    }

    /// <exception cref="DistGanException">The cluster refuses.</exception>
    public static async Task<JobId> SubmitAsync(IJobControl jobs, Recipe recipe)
    {
        var job = new JobId(recipe.Name);
        var result = await jobs.SubmitAsync(new JobSubmission { Job = job, Recipe = RecipeEnvelopes.Wrap(recipe) }, CancellationToken.None);
        return result.Accepted ? job : throw new DistGanException(result.Refusal ?? "The job was refused.");
    }

    /// <summary>Returns when every replica has made that many steps.</summary>
    /// <exception cref="DistGanException">The job failed.</exception>
    public static async Task ReachAsync(IJobControl jobs, JobId job, long steps)
    {
        while (true)
        {
            var summary = await jobs.DescribeAsync(job, CancellationToken.None);
            if (summary.Failure is { } failure)
            {
                throw new DistGanException(failure);
            }

            if (summary.Replicas.All(replica => replica.Step >= steps))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    public void Dispose()
    {
        _workers.ForEach(static worker => worker.Dispose());
        Silo.Dispose();
        _folder.Dispose();
    }

    private string Store => $"DistGan:ObjectStore:Path={Path.Combine(_folder.Path, "store")}";

    private string Log(string name) => Path.Combine(_folder.Path, $"{name}.log");
}
