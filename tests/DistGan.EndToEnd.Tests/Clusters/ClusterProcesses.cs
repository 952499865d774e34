using DistGan.EndToEnd.Tests.Processes;
using DistGan.Hosting.Clustering;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>A silo and workers of one slot as processes of their own, and a console that talks to them.</summary>
internal sealed class ClusterProcesses : IDisposable
{
    private const int StartSeconds = 240;
    private const string Started = "Application started";

    private readonly TempFolder _folder;
    private readonly int _siloPort = LoopbackPorts.Free();
    private readonly int _gatewayPort = LoopbackPorts.Free();
    private readonly List<DistGanProcess> _processes = [];

    private ClusterProcesses(TempFolder folder) => _folder = folder;

    /// <summary>The folder of a job in the store of the cluster.</summary>
    public string JobFolder(string job) => _folder[$"store/jobs/{job}"];

    public static async Task<ClusterProcesses> StartAsync(TempFolder folder)
    {
        var cluster = new ClusterProcesses(folder);
        var health = LoopbackPorts.Free();
        await cluster.StartAsync("DistGan.Silo.dll", Started, health, [$"Orleans:Endpoints:SiloPort={cluster._siloPort}", $"Orleans:Endpoints:GatewayPort={cluster._gatewayPort}"]);
        return cluster;
    }

    /// <summary>Starts a worker and waits until it is ready.</summary>
    public Task<DistGanProcess> StartWorkerAsync()
        => StartAsync("DistGan.Worker.dll", "The cluster knows this worker and its slots: 1", LoopbackPorts.Free(), [$"Orleans:Clustering:PrimarySilo=127.0.0.1:{_siloPort}", "DistGan:Worker:Devices=cpu", "DistGan:Worker:Threads=1"]);

    /// <summary>Starts the console on this cluster.</summary>
    public DistGanProcess Start(params string[] arguments) => DistGanProcess.Start(_folder.Path, [.. arguments, .. Here]);

    /// <summary>Runs the console on this cluster.</summary>
    public Task<ProcessEnd> RunAsync(params string[] arguments) => DistGanProcess.RunAsync(_folder.Path, [.. arguments, .. Here]);

    /// <summary>Runs the console and expects exit code 0; its standard output.</summary>
    public async Task<string> MustAsync(params string[] arguments)
    {
        var end = await RunAsync(arguments);
        Assert.True(end.ExitCode == 0, $"{string.Join(' ', arguments)}: {end}");
        return end.Out;
    }

    private string[] Here => ["--cluster", $"localhost:{_gatewayPort}"];

    public void Dispose() => _processes.ForEach(static process => process.Dispose());

    private async Task<DistGanProcess> StartAsync(string assembly, string readyText, int health, string[] settings)
    {
        var process = DistGanProcess.StartAssembly(assembly, _folder.Path, [.. settings, $"DistGan:ObjectStore:Path={_folder["store"]}", $"DistGan:Health:Port={health}"]);
        _processes.Add(process);
        await process.UntilAsync(Started, StartSeconds);
        await process.UntilAsync(readyText, StartSeconds);
        using var web = new HttpClient();
        foreach (var state in (string[])["live", "ready"])
        {
            var answer = await web.GetAsync($"http://127.0.0.1:{health}/health/{state}");
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode && text == $"{state}\n", $"{text}{process.Error}");
        }

        return process;
    }
}
