using DistGan.Hosting.Tests.Servers;
using Orleans.Runtime;
using StackExchange.Redis;

namespace DistGan.Hosting.Tests.GrainStorage;

[Collection(nameof(RedisCollection))]
public sealed class RedisGrainStorageTests(RedisFixture redis, RedisStateFixture fixture) : GrainStorageContract(fixture), IClassFixture<RedisStateFixture>
{
    [Fact]
    public async Task Write_State_IsTheHashOfTheOfficialPackage()
    {
        var state = new GrainState<Total>(new Total { StepCount = 7 });
        await Storage.WriteStateAsync(StateName, Grain, state);

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        var stored = await connection.GetDatabase().HashGetAsync($"distgan/state/{Grain}/{StateName}", ["data", "etag"]);

        Assert.Equal("{\n  \"step_count\": 7\n}", stored[0].ToString());
        Assert.Equal(state.ETag, stored[1].ToString());
    }

    [Fact]
    public async Task Clear_State_LeavesNoKey()
    {
        var state = State(1);
        await Storage.WriteStateAsync(StateName, Grain, state);
        await Storage.ClearStateAsync(StateName, Grain, state);

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);

        Assert.False(await connection.GetDatabase().KeyExistsAsync($"distgan/state/{Grain}/{StateName}"));
    }

    public sealed class Total
    {
        public long StepCount { get; set; }
    }
}
