using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;
using DistGan.TestSupport;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>A console that reaches one silo by a forwarded port of the same number alone: neither the list of members nor what it names is within its reach.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class ForwardedPortTests : IDisposable
{
    // What the silos are known by; the console is never told.
    private const string Elsewhere = "127.0.0.2";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Console_ThroughAForwardedPort_SubmitsListsAndStops()
    {
        await using var redis = await RedisServer.StartAsync();
        using var forward = new CuttableProxy();
        using var cluster = ClusterProcesses.OnRedis(_folder, redis, Elsewhere);
        await cluster.StartSiloAsync($"Orleans:Endpoints:GatewayPort={forward.Port}", $"Orleans:Endpoints:GatewayListeningEndpoint=127.0.0.1:{forward.Target}");
        await cluster.StartSiloAsync();
        forward.Mend();

        await MustAsync("submit", TinyRecipes.Ring(_folder), "--detach");
        await MustAsync("submit", TinyRecipes.Ring(_folder), "--detach", "--job", "other");
        var jobs = JsonNode.Parse(await MustAsync("list", "-o", "json"))!["jobs"]!.AsArray();
        await MustAsync("stop", "tiny-ring");

        Assert.Equal(["other", "tiny-ring"], jobs.Select(static job => (string)job!["job"]!).Order(StringComparer.Ordinal));

        async Task<string> MustAsync(params string[] arguments)
        {
            var end = await DistGanProcess.RunAsync(_folder.Path, [.. arguments, "--cluster", $"localhost:{forward.Port}"]);
            Assert.True(end.ExitCode == 0, $"{string.Join(' ', arguments)}: {end}");
            return end.Out;
        }
    }
}
