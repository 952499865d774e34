using Azure.Storage.Blobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Tests.Servers;
using Orleans.Runtime;
using Orleans.Storage;

namespace DistGan.Hosting.Tests.GrainStorage;

[Collection(nameof(AzuriteCollection))]
public sealed partial class AzureGrainStorageTests(AzuriteFixture azurite, AzureStateFixture fixture) : GrainStorageContract(fixture), IClassFixture<AzureStateFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private BlobContainerClient Container => new BlobServiceClient(azurite.Server.ConnectionString).GetBlobContainerClient("grainstate");

    [Fact]
    public async Task Write_State_IsTheBlobOfTheOfficialPackage()
    {
        var grain = GrainId.Create("coordinator", $"fashion/1 ü {Guid.NewGuid():N}");
        var state = new GrainState<Total>(new Total { StepCount = 7 });
        await Storage.WriteStateAsync(StateName, grain, state);

        var blob = (await Container.GetBlobClient($"job-coordinator/{grain.Key}.json").DownloadContentAsync(Cancellation)).Value;

        Assert.Equal("{\n  \"step_count\": 7\n}", blob.Content.ToString());
        Assert.Equal(state.ETag, blob.Details.ETag.ToString());
    }

    [Fact]
    public async Task Write_BlobChangedByAnotherProgram_Throws()
    {
        var state = State(1);
        await Storage.WriteStateAsync(StateName, Grain, state);
        var blob = Container.GetBlobClient($"job-{Grain}.json");
        await blob.UploadAsync(BinaryData.FromString("{ \"step_count\": 9 }"), overwrite: true, Cancellation);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(StateName, Grain, state));

        Assert.Equal(9, (await ReadAsync(Grain)).State!.StepCount);
    }

    [Fact]
    public async Task Read_BlobEmptiedByTheOfficialPackage_IsNewAndCanBeWritten()
    {
        await Container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await Container.GetBlobClient($"job-{Grain}.json").UploadAsync(BinaryData.FromString(""), overwrite: true, Cancellation);

        var state = await ReadAsync(Grain);

        Assert.False(state.RecordExists);
        Assert.Equal(0, state.State!.StepCount);
        state.State.StepCount = 4;
        await Storage.WriteStateAsync(StateName, Grain, state);
        Assert.Equal(4, (await ReadAsync(Grain)).State!.StepCount);
    }

    [Fact]
    public async Task Read_DamagedJson_SaysWhichState()
    {
        await Container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await Container.GetBlobClient($"job-{Grain}.json").UploadAsync(BinaryData.FromString("{ \"step_c"), overwrite: true, Cancellation);

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => ReadAsync(Grain));

        Assert.Contains($"{Grain}", exception.Message);
    }

    public sealed class Total
    {
        public long StepCount { get; set; }
    }
}
