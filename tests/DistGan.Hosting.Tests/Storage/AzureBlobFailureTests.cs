using System.Net;
using System.Net.Sockets;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage.Blobs;
using DistGan.Hosting.Tests.Servers;
using DistGan.Recipes;
using DistGan.TestSupport;

namespace DistGan.Hosting.Tests.Storage;

[Collection(nameof(AzuriteCollection))]
public sealed class AzureBlobFailureTests(AzuriteFixture azurite)
{
    private const string Origin = "DistGan:ObjectStore:ConnectionString";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EnsureWritable_WrongKey_SaysSoWithoutIt()
    {
        var wrong = Convert.ToBase64String(new byte[64]);

        var exception = await FailureAsync(azurite.Server.ConnectionWith(wrong));

        Assert.Contains("refuses the key (403", exception.Message);
        Assert.Contains("Check AccountKey", exception.Message);
        Assert.DoesNotContain(wrong, exception.ToString());
    }

    [Fact]
    public async Task EnsureWritable_ServerIsGone_SaysWhereAndWhatToDo()
    {
        var gone = await AzuriteServer.StartAsync();
        await gone.DisposeAsync();

        var exception = await FailureAsync(gone.ConnectionString);

        Assert.Contains($"{gone.Address}/failures", exception.Message);
        Assert.Contains("cannot be reached", exception.Message);
        Assert.Contains("Connection refused", exception.Message);
        Assert.Contains("Check the address and the network.", exception.Message);
    }

    [Fact]
    public async Task EnsureWritable_ServerNeverAnswers_SaysSoAfterItsTries()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = BlobConnection.Options();
        options.Retry.MaxRetries = 1;
        options.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(200);
        var connection = $"DefaultEndpointsProtocol=http;AccountName=silent;AccountKey={AzuriteServer.Key};BlobEndpoint=http://{silent.LocalEndpoint}/silent;";
        var store = new AzureBlobObjectStore(BlobConnection.Open(connection, Origin, options).GetBlobContainerClient("failures"));

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => store.EnsureWritableAsync(Cancellation));

        Assert.Contains("cannot be reached, also after several tries", exception.Message);
    }

    [Fact]
    public async Task EnsureWritable_SasThatOnlyReads_SaysSoWithoutIt()
    {
        var account = new BlobServiceClient(azurite.Server.ConnectionString);
        var sas = account.GenerateAccountSasUri(
            AccountSasPermissions.Read | AccountSasPermissions.List, TimeProvider.System.GetUtcNow().AddHours(1), AccountSasResourceTypes.All);

        var exception = await FailureAsync(sas.ToString());

        Assert.Contains("refuses the key (403", exception.Message);
        Assert.DoesNotContain("sig=", exception.ToString());
    }

    [Fact]
    public async Task Open_AddressWithASas_IsEnough()
    {
        var account = new BlobServiceClient(azurite.Server.ConnectionString);
        var sas = account.GenerateAccountSasUri(AccountSasPermissions.All, TimeProvider.System.GetUtcNow().AddHours(1), AccountSasResourceTypes.All);
        var store = new AzureBlobObjectStore(BlobConnection.Open(sas.ToString(), Origin).GetBlobContainerClient($"test-{Guid.NewGuid():N}"));

        await store.EnsureWritableAsync(Cancellation);
        await store.PutAsync("a", "1"u8.ToArray(), PutCondition.IfAbsent, Cancellation);

        Assert.NotNull(await store.GetAsync("a", Cancellation));
        Assert.DoesNotContain("sig=", store.Address);
    }

    [Theory]
    [InlineData("https://account.blob.core.windows.net", "without a key")]
    [InlineData("AccountName=a;AccountKey=secret!;EndpointSuffix=core.windows.net", "neither a connection string")]
    [InlineData("my storage", "neither a connection string")]
    public void Open_TextThatIsNoConnection_IsRefusedWithItsOrigin(string connection, string expected)
    {
        var exception = Assert.Throws<DistGanException>(() => BlobConnection.Open(connection, Origin));

        Assert.StartsWith(Origin, exception.Message);
        Assert.Contains(expected, exception.Message);
        Assert.DoesNotContain("secret", exception.Message);
    }

    private static async Task<ObjectStoreException> FailureAsync(string connection)
    {
        var store = new AzureBlobObjectStore(BlobConnection.Open(connection, Origin).GetBlobContainerClient("failures"));
        return await Assert.ThrowsAsync<ObjectStoreException>(() => store.EnsureWritableAsync(Cancellation));
    }
}
