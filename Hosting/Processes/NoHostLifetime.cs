using Microsoft.Extensions.Hosting;

namespace DistGan.Hosting.Processes;

/// <summary>A host inside another program: signals belong to that program, nothing is printed.</summary>
public sealed class NoHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
