using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage;
using DistGan.Hosting.Tests.Servers;
using DistGan.Recipes;
using DistGan.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace DistGan.Hosting.Tests.GrainStorage;

/// <summary>A host whose store cannot be used says so in one sentence and does not start.</summary>
[Collection(nameof(RedisCollection))]
public sealed class StartFailureTests(RedisFixture redis) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_RedisIsGone_SaysWhereAndWhatToDo()
    {
        var gone = await RedisServer.StartAsync();
        await gone.DisposeAsync();

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => StateHost.StartAsync(InRedis(gone.ConnectionString)));

        Assert.StartsWith($"Redis at {gone.Endpoint} (Orleans:GrainStorage:objects) cannot be used: no server can be reached.", exception.Message);
    }

    [Fact]
    public async Task Start_RedisRefusesThePassword_SaysSoWithoutIt()
    {
        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => StateHost.StartAsync(InRedis($"{redis.Server.Endpoint},password=guess")));

        Assert.Contains("refuses the user or password", exception.Message);
        Assert.DoesNotContain("guess", exception.Message);
    }

    [Fact]
    public async Task Write_RedisStopsMeanwhile_IsOneSentence()
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = await StateHost.StartAsync(InRedis(server.ConnectionString + ",syncTimeout=1000,asyncTimeout=1000"));
        var grain = GrainId.Create("coordinator", "fashion");
        var state = new GrainState<List<int>>([1]);
        await host.Storage.WriteStateAsync("job", grain, state);
        await server.StopAsync();

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => host.Storage.WriteStateAsync("job", grain, state));

        Assert.StartsWith("Cannot write the state job of grain coordinator/fashion in Redis: ", exception.Message);
    }

    [Fact]
    public async Task Start_FolderCannotBeWrittenTo_SaysSo()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(
            () => StateHost.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["DistGan:ObjectStore:Path"] = file }));

        Assert.Contains(file, exception.Message);
    }

    [Theory]
    [InlineData("", "DistGan:ObjectStore:Path is not set")]
    [InlineData("ProviderType=S3", "ProviderType is 'S3', expected Directory or AzureBlobStorage")]
    [InlineData("ProviderType=AzureBlobStorage", "DistGan:ObjectStore names no account: set ConnectionString, ConnectionName")]
    [InlineData("ProviderType=AzureBlobStorage ConnectionName=blobs", "ConnectionName names ConnectionStrings:blobs, which is not set")]
    [InlineData("ProviderType=AzureBlobStorage ConnectionString=nonsense ContainerName=Runs", "DistGan:ObjectStore:ConnectionString is neither", "ContainerName is 'Runs', expected 3 to 63")]
    [InlineData("ProviderType=AzureBlobStorage ServiceKey=x ContainerName=a--b", "ContainerName is 'a--b'")]
    public void AddObjectStore_WrongSection_NamesEveryFault(string keys, params string[] expected)
    {
        var settings = keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('='))
            .ToDictionary(static pair => $"DistGan:ObjectStore:{pair[0]}", static pair => (string?)pair[1], StringComparer.Ordinal);

        var exception = Assert.Throws<DistGanException>(
            () => new ServiceCollection().AddObjectStore(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));

        Assert.All(expected, part => Assert.Contains(part, exception.Message));
    }

    private Dictionary<string, string?> InRedis(string connection) => new(StringComparer.Ordinal)
    {
        ["DistGan:ObjectStore:Path"] = _folder.Path,
        ["Orleans:GrainStorage:objects:ProviderType"] = "Redis",
        ["Orleans:GrainStorage:objects:ConnectionString"] = connection,
    };
}
