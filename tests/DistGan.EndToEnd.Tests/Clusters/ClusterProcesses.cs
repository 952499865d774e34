using DistGan.EndToEnd.Tests.Processes;
using DistGan.Hosting.Clustering;
using DistGan.TestSupport;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>Silos and workers of one slot as processes of their own, and a console that talks to them.</summary>
internal sealed class ClusterProcesses : IDisposable
{
    private const int StartSeconds = 240;
    private const string Loopback = "127.0.0.1";
    private const string Started = "Application started";

    private static readonly Dictionary<string, string> Nothing = [];

    private readonly TempFolder _folder;
    private readonly string[] _ofAll;
    private readonly string[] _ofWorkers;
    private readonly string[] _here;
    private readonly string _address;
    private readonly List<DistGanProcess> _processes = [];
    private (int Silo, int Gateway) _ports;

    private ClusterProcesses(TempFolder folder, string address, string[] ofAll, string[] ofWorkers, string cluster)
    {
        (_folder, _address, _ofWorkers, _here) = (folder, address, ofWorkers, ["--cluster", cluster]);
        _ofAll = ofAll;
    }

    /// <summary>Where each process tells of its health, in the order of their starts: HOST:PORT.</summary>
    public List<string> HealthEndpoints { get; } = [];

    /// <summary>What every process started from here on is told besides.</summary>
    public IReadOnlyList<string> Further { get; set; } = [];

    /// <summary>How the console names this cluster.</summary>
    public string Name => _here[1];

    /// <summary>The folder of a job in the store of the cluster.</summary>
    public string JobFolder(string job) => _folder[$"store/jobs/{job}"];

    /// <summary>A cluster whose one silo keeps the list of members; the silo is ready.</summary>
    public static Task<ClusterProcesses> StartAsync(TempFolder folder, params string[] ofSilo) => StartAsync(folder, LoopbackPorts.Free(), ofSilo);

    /// <summary>The same where consoles find the silo through a proxy alone: it is known by the port of that, and listens behind it.</summary>
    public static Task<ClusterProcesses> StartAsync(TempFolder folder, CuttableProxy way, params string[] ofSilo)
        => StartAsync(folder, way.Port, [$"Orleans:Endpoints:GatewayListeningEndpoint={Loopback}:{way.Target}", .. ofSilo]);

    private static async Task<ClusterProcesses> StartAsync(TempFolder folder, int gateway, string[] ofSilo)
    {
        var silo = LoopbackPorts.Free();
        var cluster = new ClusterProcesses(folder, Loopback, [InFolder(folder)], [$"Orleans:Clustering:PrimarySilo={Loopback}:{silo}"], $"localhost:{gateway}");
        cluster._ports = (silo, gateway);
        cluster.Silo = await cluster.StartSiloAsync(silo, gateway, ofSilo);
        return cluster;
    }

    /// <summary>The one silo of a cluster that was started with it.</summary>
    public DistGanProcess Silo { get; private set; } = null!;

    /// <summary>Starts that silo anew on its ports, after its end.</summary>
    public async Task RestartSiloAsync(params string[] settings) => Silo = await StartSiloAsync(_ports.Silo, _ports.Gateway, settings);

    /// <summary>A cluster without silos yet, whose members are listed in a Redis.</summary>
    public static ClusterProcesses OnRedis(TempFolder folder, RedisServer redis, string address = Loopback) => OnRedis(folder, redis, address, [InFolder(folder)]);

    /// <summary>The same with objects in Azurite and the state of grains in the Redis: nothing is on a disk that hosts share.</summary>
    public static ClusterProcesses OnRedisAndAzurite(TempFolder folder, RedisServer redis, AzuriteServer azurite) => OnRedis(folder, redis, Loopback,
    [
        "DistGan:ObjectStore:ProviderType=AzureBlobStorage",
        $"DistGan:ObjectStore:ConnectionString={azurite.ConnectionString}",
        "Orleans:GrainStorage:objects:ProviderType=Redis",
        $"Orleans:GrainStorage:objects:ConnectionString={redis.ConnectionString}",
    ]);

    private static string InFolder(TempFolder folder) => $"DistGan:ObjectStore:Path={folder["store"]}";

    private static ClusterProcesses OnRedis(TempFolder folder, RedisServer redis, string address, string[] store)
    {
        folder.Write("config.json", $$"""{ "clusters": { "lab": { "Orleans": { "Clustering": { "ProviderType": "Redis", "ConnectionString": "{{redis.ConnectionString}}" } } } } }""");
        return new(folder, address, [.. store, "Orleans:Clustering:ProviderType=Redis", $"Orleans:Clustering:ConnectionString={redis.ConnectionString}", $"Orleans:Endpoints:AdvertisedIPAddress={address}"], [], "lab");
    }

    /// <summary>Starts a silo on free ports and waits until it is ready.</summary>
    public Task<DistGanProcess> StartSiloAsync(params string[] settings) => StartSiloAsync(LoopbackPorts.Free(), LoopbackPorts.Free(), settings);

    /// <summary>Starts a worker and waits until it is ready.</summary>
    public Task<DistGanProcess> StartWorkerAsync() => StartWorkerAsync([], _address, Nothing);

    /// <summary>Starts a worker with other environment variables.</summary>
    public Task<DistGanProcess> StartWorkerAsync(IReadOnlyDictionary<string, string> environment) => StartWorkerAsync([], _address, environment);

    /// <summary>Starts a worker on an island.</summary>
    public Task<DistGanProcess> StartWorkerAsync(Island island) => StartWorkerAsync(island.Entrance, island.Address, Nothing);

    /// <summary>Starts the console on this cluster.</summary>
    public DistGanProcess Start(params string[] arguments) => DistGanProcess.Start(_folder.Path, [.. arguments, .. _here]);

    /// <summary>Starts the console on this cluster in a pseudo-terminal.</summary>
    public DistGanProcess StartInTerminal(params string[] arguments) => DistGanProcess.StartInTerminal(_folder.Path, [.. arguments, .. _here]);

    /// <summary>Runs the console on this cluster.</summary>
    public Task<ProcessEnd> RunAsync(params string[] arguments) => DistGanProcess.RunAsync(_folder.Path, [.. arguments, .. _here]);

    /// <summary>Runs the console and expects exit code 0; its standard output.</summary>
    public async Task<string> MustAsync(params string[] arguments)
    {
        var end = await RunAsync(arguments);
        Assert.True(end.ExitCode == 0, $"{string.Join(' ', arguments)}: {end}");
        return end.Out;
    }

    public void Dispose() => _processes.ForEach(static process => process.Dispose());

    private Task<DistGanProcess> StartSiloAsync(int silo, int gateway, params string[] settings)
        => StartAsync(Nothing, [], "DistGan.Silo.dll", Started, _address, [$"Orleans:Endpoints:SiloPort={silo}", $"Orleans:Endpoints:GatewayPort={gateway}", .. settings]);

    private Task<DistGanProcess> StartWorkerAsync(IReadOnlyList<string> through, string address, IReadOnlyDictionary<string, string> environment)
        => StartAsync(
            environment,
            through,
            "DistGan.Worker.dll",
            "The cluster knows this worker and its slots: 1",
            address,
            [.. _ofWorkers, $"Orleans:Endpoints:AdvertisedIPAddress={address}", $"Orleans:Endpoints:SiloPort={LoopbackPorts.Free()}", "DistGan:Worker:Devices=cpu", "DistGan:Worker:Threads=1"]);

    private async Task<DistGanProcess> StartAsync(IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> through, string assembly, string readyText, string address, string[] settings)
    {
        var health = LoopbackPorts.Free();
        while (settings.Any(setting => setting.EndsWith($"={health}", StringComparison.Ordinal)))
        {
            health = LoopbackPorts.Free(); // a port of a silo that is to start anew is free just now
        }

        var process = DistGanProcess.StartAssemblyWith(environment, through, assembly, _folder.Path, [.. _ofAll, .. Further, .. settings, $"DistGan:Health:Address={address}", $"DistGan:Health:Port={health}"]);
        _processes.Add(process);
        HealthEndpoints.Add($"{address}:{health}");
        await process.UntilAsync(Started, StartSeconds);
        await process.UntilAsync(readyText, StartSeconds);
        using var web = new HttpClient();
        foreach (var state in (string[])["live", "ready"])
        {
            var answer = await web.GetAsync($"http://{address}:{health}/health/{state}");
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode && text == $"{state}\n", $"{text}{process.Error}");
        }

        return process;
    }
}
