using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace DistGan.Hosting.Redis;

/// <summary>Ends a host's start with one sentence where a Redis that it depends on cannot be used.</summary>
/// <param name="redis">The servers; null where there are none to try, or the host has made its own connection.</param>
/// <param name="origin">Where they stand: a section of the configuration.</param>
internal sealed class RedisCheck(Func<ConfigurationOptions?> redis, string origin) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
        => redis() is { EndPoints.Count: > 0 } options ? RedisConnection.EnsureUsableAsync(options, origin) : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
