using Azure.Storage.Blobs;
using DistGan.TestSupport;

namespace DistGan.Hosting.Tests.Servers;

/// <summary>One Azurite for all tests of its collection; each test has containers of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    internal AzuriteServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await AzuriteServer.StartAsync();

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A container that nobody has used.</summary>
    internal BlobContainerClient NewContainer(BlobClientOptions? options = null)
        => new BlobServiceClient(Server.ConnectionString, options ?? new BlobClientOptions()).GetBlobContainerClient($"test-{Guid.NewGuid():N}");
}
