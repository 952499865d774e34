using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage.Blobs;
using DistGan.Hosting.Tests.Servers;

namespace DistGan.Hosting.Tests.Storage;

[Collection(nameof(AzuriteCollection))]
public sealed class AzureBlobObjectStoreTests : ObjectStoreContract
{
    private readonly AzuriteFixture _azurite;
    private readonly BlobContainerClient _container;

    public AzureBlobObjectStoreTests(AzuriteFixture azurite)
    {
        _azurite = azurite;
        _container = azurite.NewContainer();
    }

    private protected override string Place => StoreContender.InContainer(_azurite.Server.ConnectionString, _container.Name);

    [Fact]
    public async Task Read_ContainerIsMissing_DoesNotMakeIt()
    {
        Assert.Null(await Store.GetAsync("a", Cancellation));
        Assert.Empty(await NamesAsync(""));

        Assert.False(await _container.ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task Write_ContainerIsDeletedMeanwhile_MakesItAgain()
    {
        await Store.AppendAsync("a", "1"u8.ToArray(), Cancellation);
        await _container.DeleteAsync(cancellationToken: Cancellation);
        await Store.AppendAsync("a", "2"u8.ToArray(), Cancellation);
        await _container.DeleteAsync(cancellationToken: Cancellation);
        await Store.PutAsync("b", new ForwardStream(Bytes(9 * 1024 * 1024)), Cancellation);
        await _container.DeleteAsync(cancellationToken: Cancellation);
        Assert.NotNull(await Store.PutAsync("c", "3"u8.ToArray(), PutCondition.IfAbsent, Cancellation));

        Assert.Equal(["c"], await NamesAsync(""));
    }

    [Fact]
    public async Task EnsureWritable_FreshAccount_MakesTheContainerAndLeavesNothing()
    {
        await ((AzureBlobObjectStore)Store).EnsureWritableAsync(Cancellation);

        Assert.True(await _container.ExistsAsync(Cancellation));
        Assert.Empty(await NamesAsync(""));
        Assert.Null(await Store.GetAsync("probe", Cancellation));
    }

    [Fact]
    public async Task Append_Often_KeepsFewBlocksAndIsReadWhole()
    {
        for (var i = 0; i < BlobAppender.MostSmall * 2 + 10; i++)
        {
            await Store.AppendAsync("log", "x"u8.ToArray(), Cancellation);
        }

        var blocks = await _container.GetBlockBlobClient("log").GetBlockListAsync(BlockListTypes.All, cancellationToken: Cancellation);
        Assert.InRange(blocks.Value.CommittedBlocks.Count(), 1, BlobAppender.MostSmall);
        Assert.Empty(blocks.Value.UncommittedBlocks);
        Assert.Equal(new string('x', BlobAppender.MostSmall * 2 + 10), await TextAsync("log"));
    }

    [Fact]
    public async Task Append_ToABlobThatAnotherProgramStaged_FollowsIt()
    {
        await _container.CreateAsync(cancellationToken: Cancellation);
        var blob = _container.GetBlockBlobClient("foreign");
        var id = Convert.ToBase64String("1"u8);
        await blob.StageBlockAsync(id, new MemoryStream("one"u8.ToArray()), cancellationToken: Cancellation);
        await blob.CommitBlockListAsync([id], cancellationToken: Cancellation);

        await Store.AppendAsync("foreign", "two"u8.ToArray(), Cancellation);

        Assert.Equal("onetwo", await TextAsync("foreign"));
        // Azurite takes ids of different lengths for one blob, the service does not.
        var blocks = await blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: Cancellation);
        Assert.Single(blocks.Value.CommittedBlocks.Select(static block => block.Name.Length).Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_AnswerIsLost_IsNotTakenForAnothersWrite(bool isNew)
    {
        var tag = isNew ? null : await Store.PutAsync("a", "old"u8.ToArray(), PutCondition.None, Cancellation);
        await _container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        using var network = new LossyTransport(static request => request.Method == HttpMethod.Put);
        var store = new AzureBlobObjectStore(Through(network));

        var written = await store.PutAsync("a", "new"u8.ToArray(), isNew ? PutCondition.IfAbsent : PutCondition.IfTag(tag!), Cancellation);

        Assert.Equal(1, network.Lost);
        Assert.NotNull(written);
        Assert.Equal(written, (await Store.GetAsync("a", Cancellation))!.Tag);
    }

    [Fact]
    public async Task Append_AnswerIsLost_IsThereOnce()
    {
        await Store.AppendAsync("log", "one"u8.ToArray(), Cancellation);
        using var network = new LossyTransport(static request => request.Method == HttpMethod.Put && request.RequestUri!.Query.Contains("comp=blocklist", StringComparison.Ordinal));
        var store = new AzureBlobObjectStore(Through(network));

        await store.AppendAsync("log", "two"u8.ToArray(), Cancellation);

        Assert.Equal(1, network.Lost);
        Assert.Equal("onetwo", await TextAsync("log"));
    }

    [Fact]
    public async Task Delete_AnswerIsLost_IsDone()
    {
        var tag = await Store.PutAsync("a", "1"u8.ToArray(), PutCondition.None, Cancellation);
        using var network = new LossyTransport(static request => request.Method == HttpMethod.Delete);

        Assert.True(await new AzureBlobObjectStore(Through(network)).DeleteAsync("a", PutCondition.IfTag(tag!), Cancellation));

        Assert.Equal(1, network.Lost);
        Assert.Null(await Store.GetAsync("a", Cancellation));
    }

    [Fact]
    public async Task Read_LargeObjectIsReplacedMeanwhile_EndsWithASentence()
    {
        await Store.PutAsync("s", new MemoryStream(Bytes(9 * 1024 * 1024)), Cancellation);
        await using var opened = await Store.OpenAsync("s", Cancellation);
        await Store.PutAsync("s", new MemoryStream(Bytes(10 * 1024 * 1024)), Cancellation);

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => opened!.CopyToAsync(Stream.Null, Cancellation));

        Assert.Contains("'s'", exception.Message);
        Assert.Contains("changed while it was read", exception.Message);
    }

    [Fact]
    public async Task Put_TwoLargeStreamsAtOnce_LeavesOneOfThemWhole()
    {
        var contents = new[] { Bytes(20 * 1024 * 1024), Bytes(17 * 1024 * 1024) };

        var outcomes = await Task.WhenAll(contents.Select(content => Record.ExceptionAsync(() => Store.PutAsync("s", new ForwardStream(content), Cancellation)).AsTask()));

        Assert.All(outcomes.OfType<Exception>(), static outcome => Assert.Contains("Write it again", Assert.IsType<ObjectStoreException>(outcome).Message));
        Assert.Contains(outcomes, static outcome => outcome is null);
        var stored = (await Store.GetAsync("s", Cancellation))!.Content;
        Assert.True(contents.Any(content => stored.Span.SequenceEqual(content)), $"{stored.Length} bytes are stored, which nobody wrote.");
    }

    private protected override IObjectStore Open()
        => new AzureBlobObjectStore(new BlobServiceClient(_azurite.Server.ConnectionString).GetBlobContainerClient(_container.Name));

    private BlobContainerClient Through(LossyTransport network)
        => new BlobServiceClient(_azurite.Server.ConnectionString, network.Options()).GetBlobContainerClient(_container.Name);
}
