using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Hosting.Clustering;
using DistGan.Worker.Replay;
using DistGan.Worker.Running;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace DistGan.Worker.Tests.Replay;

/// <summary>Three silos that all have shards, as workers do.</summary>
public sealed class ShardPlacementTests : IAsyncLifetime
{
    private const long Start = 1;
    private static readonly ReplaySettings Size = new() { ItemBytes = 4, BudgetBytes = 64 };
    private InProcessTestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo(static (_, silo) => silo.UseDistGanSerialization().AddMemoryGrainStorageAsDefault());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Open_ByTheReplicaThatItBelongsTo_LiesOnItsWorker()
    {
        for (var index = 0; index < 3; index++)
        {
            Assert.Equal(ReplayOpening.Emptied, await On(index, $"job/{index}", isHere: true).OpenAsync(Start, Size));

            Assert.Contains(AddressOf(index), await PlacesAsync($"job/{index}"));
        }
    }

    [Fact]
    public async Task Open_ReplicaHasMovedToAnotherWorker_TheShardIsMadeAnewThere()
    {
        var before = On(0, "job/0", isHere: true);
        await before.OpenAsync(Start, Size);
        await before.ExchangeAsync(Push(7));

        var after = On(1, "job/0", isHere: true);
        Assert.Equal(ReplayOpening.Emptied, await after.OpenAsync(Start, Size));

        Assert.Contains(AddressOf(1), await PlacesAsync("job/0"));
        Assert.Equal(0, (await On(2, "job/0", isHere: false).HoldingsAsync(Start, 0))!.Own);
        await after.ExchangeAsync(Push(8));
        Assert.Equal(ReplayOpening.Kept, await after.OpenAsync(Start, Size));
        Assert.Equal(1, (await On(2, "job/0", isHere: false).HoldingsAsync(Start, 0))!.Own);
    }

    [Fact]
    public async Task Holdings_AskedBeforeItsReplicaHasOpenedIt_GivesNothingAndKeepsNoPlace()
    {
        Assert.Null(await On(2, "job/0", isHere: false).HoldingsAsync(Start, 2));

        Assert.Equal(ReplayOpening.Emptied, await On(0, "job/0", isHere: true).OpenAsync(Start, Size));
        Assert.Contains(AddressOf(0), await PlacesAsync("job/0"));
        Assert.NotNull(await On(2, "job/0", isHere: false).HoldingsAsync(Start, 2));
    }

    [Fact]
    public async Task Open_WorkerIsGone_TheShardIsMadeAnewAndOthersAreNotTouched()
    {
        for (var index = 1; index < 3; index++)
        {
            await On(index, $"job/{index}", isHere: true).OpenAsync(Start, Size);
            await On(index, $"job/{index}", isHere: true).ExchangeAsync(Push(index));
        }

        await _cluster.KillSiloAsync(_cluster.Silos[2]);
        Assert.Equal(ReplayOpening.Emptied, await On(1, "job/2", isHere: true).OpenAsync(Start, Size));

        Assert.Contains(AddressOf(1), await PlacesAsync("job/2"));
        Assert.Equal(0, (await On(0, "job/2", isHere: false).HoldingsAsync(Start, 0))!.Own);
        Assert.Equal(1, (await On(0, "job/1", isHere: false).HoldingsAsync(Start, 0))!.Own);
    }

    private static ReplayExchange Push(long step) => new()
    {
        Push = new ReplayChunk { Groups = [new ReplayGroupHeader(0, step, 1)], Images = new byte[4] }, Draws = 0, ImagesPerDraw = 1, Grouped = false, Seed = 1,
    };

    private IReplayBufferGrain On(int silo, string key, bool isHere) => GrainsOf(silo).ReplayShard(key, isHere);

    private ClusterGrains GrainsOf(int silo)
    {
        var services = _cluster.Silos[silo].ServiceProvider;
        return new ClusterGrains(services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<ILocalSiloDetails>());
    }

    private SiloAddress AddressOf(int silo) => _cluster.Silos[silo].SiloAddress;

    /// <summary>The silos that have it, as each of them says: what one remembers of another may be of before.</summary>
    private async Task<IReadOnlyList<SiloAddress>> PlacesAsync(string key)
    {
        var shard = GrainId.Create(ReplayShardGrain.TypeName, key);
        var all = await _cluster.Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return [.. all.Where(one => one.GrainId == shard).Select(static one => one.SiloAddress)];
    }
}
