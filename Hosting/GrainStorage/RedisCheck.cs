using DistGan.Hosting.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Persistence;

namespace DistGan.Hosting.GrainStorage;

/// <summary>Ends a host's start with one sentence where the Redis of its grain state cannot be used.</summary>
internal sealed class RedisCheck(IOptionsMonitor<RedisStorageOptions> options, string origin) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
        => options.Get(ObjectStoreGrainStorage.ProviderName).ConfigurationOptions is { EndPoints.Count: > 0 } redis
            ? RedisConnection.EnsureUsableAsync(redis, origin)
            : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
