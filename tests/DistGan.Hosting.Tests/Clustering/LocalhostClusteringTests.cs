using DistGan.Hosting.Clustering;
using DistGan.Recipes;

namespace DistGan.Hosting.Tests.Clustering;

public sealed class LocalhostClusteringTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("Localhost")]
    public async Task UseClustering_TwoSilosAndAClientOfOneMachine_AreOneCluster(string? providerType)
    {
        var (primary, gateway) = (LoopbackPorts.Free(), LoopbackPorts.Free());
        await using var hosts = new ClusterHosts(Configuration(providerType, $"127.0.0.1:{primary}"));
        var first = await hosts.StartSiloAsync(primary, gateway);
        var second = await hosts.StartSiloAsync();
        var client = await hosts.StartClientAsync(gateway);
        await ClusterHosts.ExpectMembersAsync(second, 2);

        Assert.Equal(1, await ClusterHosts.Counter(first, "x").AddAsync());
        Assert.Equal(2, await ClusterHosts.Counter(second, "x").AddAsync());
        Assert.Equal(3, await ClusterHosts.Counter(client, "x").AddAsync());
        var failure = await Assert.ThrowsAsync<DistGanException>(() => ClusterHosts.Counter(client, "x").FailAsync());
        Assert.Equal("No more numbers.", failure.Message);
    }

    [Fact]
    public async Task UseClustering_PrimarySiloIsNoAddress_SaysSo()
    {
        await using var hosts = new ClusterHosts(Configuration("Localhost", "first"));

        var exception = await Assert.ThrowsAsync<DistGanException>(() => hosts.StartSiloAsync());

        Assert.Equal("Orleans:Clustering:PrimarySilo is 'first', expected an address and a port such as 127.0.0.1:11111.", exception.Message);
    }

    private Dictionary<string, string?> Configuration(string? providerType, string primary) => new(StringComparer.Ordinal)
    {
        ["DistGan:ObjectStore:Path"] = _folder.Path,
        ["Orleans:Clustering:ProviderType"] = providerType,
        ["Orleans:Clustering:PrimarySilo"] = primary,
    };
}
