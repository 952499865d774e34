using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage.Blobs;
using Microsoft.Extensions.Hosting;

namespace DistGan.Hosting.Storage;

/// <summary>Ends a host's start with one sentence where its object store cannot be written to.</summary>
internal sealed class ObjectStoreCheck(IObjectStore store) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => store switch
    {
        DirectoryObjectStore directory => Task.Run(directory.EnsureWritable, cancellationToken),
        AzureBlobObjectStore azure => azure.EnsureWritableAsync(cancellationToken),
        _ => Task.CompletedTask,
    };

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
