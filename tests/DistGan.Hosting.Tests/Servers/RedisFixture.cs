using DistGan.TestSupport;

namespace DistGan.Hosting.Tests.Servers;

/// <summary>One Redis for all tests of its collection; each test has keys of its own.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    internal RedisServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
