using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Tests.Servers;
using DistGan.Recipes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using StackExchange.Redis;

namespace DistGan.Hosting.Tests.Clustering;

[Collection(nameof(RedisCollection))]
public sealed class RedisClusteringTests(RedisFixture redis) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _cluster = $"test-{Guid.NewGuid():N}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UseClustering_TwoSilosAndAClient_AreOneCluster()
    {
        await using var hosts = new ClusterHosts(Configuration(_cluster));
        var first = await hosts.StartSiloAsync();
        var second = await hosts.StartSiloAsync();
        var client = await hosts.StartClientAsync();
        await ClusterHosts.ExpectMembersAsync(first, 2);
        await ClusterHosts.ExpectMembersAsync(second, 2);

        // One activation for all: two would overtake each other and throw.
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal(3 * round + 1, await ClusterHosts.Counter(first, _cluster).AddAsync());
            Assert.Equal(3 * round + 2, await ClusterHosts.Counter(second, _cluster).AddAsync());
            Assert.Equal(3 * round + 3, await ClusterHosts.Counter(client, _cluster).AddAsync());
        }
    }

    [Fact]
    public async Task UseClustering_OneSiloLeaves_TheOtherGoesOnWithItsGrains()
    {
        await using var hosts = new ClusterHosts(Configuration(_cluster));
        var first = await hosts.StartSiloAsync();
        var second = await hosts.StartSiloAsync();
        await ClusterHosts.ExpectMembersAsync(second, 2);
        string[] keys = [.. Enumerable.Range(0, 10).Select(i => $"{_cluster}-{i}")];
        foreach (var key in keys)
        {
            Assert.Equal(1, await ClusterHosts.Counter(first, key).AddAsync());
        }

        await hosts.StopAsync(first);
        await ClusterHosts.ExpectMembersAsync(second, 1);

        foreach (var key in keys)
        {
            Assert.Equal(2, await ClusterHosts.Counter(second, key).AddAsync());
        }
    }

    [Fact]
    public async Task UseClustering_ProcessOfOneSiloIsKilled_TheOtherGoesOnWithItsGrains()
    {
        await using var hosts = new ClusterHosts(Configuration(_cluster));
        var first = await hosts.StartSiloAsync();
        using var other = OtherProcess.Start(Configuration(_cluster));
        await ClusterHosts.ExpectMembersAsync(first, 2);
        var there = Assert.Single(first.Services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot.Members.Keys, silo => !silo.Equals(Address(first)));
        RequestContext.Set(IPlacementDirector.PlacementHintKey, there);
        Assert.Equal(1, await ClusterHosts.Counter(first, _cluster).AddAsync());
        Assert.Equal(other.Id, await ClusterHosts.Counter(first, _cluster).ProcessAsync());
        RequestContext.Clear();

        other.Kill();
        await ClusterHosts.ExpectMembersAsync(first, 1, TimeSpan.FromMinutes(3));

        Assert.Equal(2, await ClusterHosts.Counter(first, _cluster).AddAsync());
        Assert.Equal(Environment.ProcessId, await ClusterHosts.Counter(first, _cluster).ProcessAsync());
    }

    [Fact]
    public async Task UseClustering_TwoClustersInOneRedis_KeepApart()
    {
        await using var ours = new ClusterHosts(Configuration(_cluster));
        await using var others = new ClusterHosts(Configuration(_cluster + "-other"));
        var first = await ours.StartSiloAsync();
        var second = await others.StartSiloAsync();

        await ClusterHosts.ExpectMembersAsync(first, 1);
        await ClusterHosts.ExpectMembersAsync(second, 1);

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        Assert.Equal(2, connection.GetServers().Sum(server => server.Keys(pattern: $"*{_cluster}*").Count()));
    }

    [Fact]
    public async Task UseClustering_WithoutAnyName_IsTheClusterDistgan()
    {
        await using var hosts = new ClusterHosts(Configuration(cluster: null));
        await hosts.StartSiloAsync();

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        Assert.True(await connection.GetDatabase().KeyExistsAsync("distgan/members/distgan"));
    }

    [Fact]
    public async Task UseClustering_RedisRefusesThePassword_DoesNotStart()
    {
        var configuration = Configuration(_cluster);
        configuration["Orleans:Clustering:ConnectionString"] = $"{redis.Server.Endpoint},password=guess";
        await using var hosts = new ClusterHosts(configuration);

        var silo = await Assert.ThrowsAsync<ObjectStoreException>(() => hosts.StartSiloAsync());
        var client = await Assert.ThrowsAsync<ObjectStoreException>(() => hosts.StartClientAsync());

        Assert.Contains($"Redis at {redis.Server.Endpoint} (Orleans:Clustering) cannot be used: it refuses the user or password.", silo.Message);
        Assert.Equal(silo.Message, client.Message);
    }

    [Fact]
    public async Task UseClustering_KubernetesOutsideOfAPod_SaysSo()
    {
        var configuration = Configuration(_cluster);
        configuration["Orleans:Clustering:ProviderType"] = "Kubernetes";
        await using var hosts = new ClusterHosts(configuration);

        var exception = await Assert.ThrowsAsync<DistGanException>(() => hosts.StartSiloAsync());

        Assert.Contains("runs in no pod", exception.Message);
    }

    private static SiloAddress Address(IHost silo) => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    private Dictionary<string, string?> Configuration(string? cluster) => new(StringComparer.Ordinal)
    {
        ["DistGan:ObjectStore:Path"] = _folder.Path,
        ["Orleans:ClusterId"] = cluster,
        ["Orleans:Clustering:ProviderType"] = "Redis",
        ["Orleans:Clustering:ConnectionString"] = redis.Server.ConnectionString,
        ["Orleans:GrainStorage:objects:ProviderType"] = "Redis",
        ["Orleans:GrainStorage:objects:ConnectionString"] = redis.Server.ConnectionString,
    };
}
