using System.Text;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage;

namespace DistGan.Hosting.Tests.Storage;

public sealed class DirectoryObjectStoreTests : IDisposable
{
    private static readonly byte[] One = "one"u8.ToArray();
    private static readonly byte[] Two = "two"u8.ToArray();
    private readonly TemporaryFolder _folder = new();
    private readonly DirectoryObjectStore _store;

    public DirectoryObjectStoreTests() => _store = new DirectoryObjectStore(Path.Combine(_folder.Path, "run"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_NothingWritten_MakesNoFolder()
    {
        Assert.Null(await _store.GetAsync("a", Cancellation));
        Assert.Null(await _store.OpenAsync("a", Cancellation));
        Assert.Empty(await Names(""));
        Assert.True(await _store.DeleteAsync("a/b", PutCondition.None, Cancellation));
        Assert.False(Directory.Exists(_store.Root));
    }

    [Fact]
    public async Task Put_Unconditional_ReplacesAndReturnsTagOfContent()
    {
        var first = await _store.PutAsync("a/b.bin", One, PutCondition.None, Cancellation);
        var second = await _store.PutAsync("a/b.bin", Two, PutCondition.None, Cancellation);

        var stored = await _store.GetAsync("a/b.bin", Cancellation);
        Assert.Equal(Two, stored!.Content.ToArray());
        Assert.Equal(second, stored.Tag);
        Assert.NotEqual(first, second);
        Assert.Equal(Two, await File.ReadAllBytesAsync(Path.Combine(_store.Root, "a", "b.bin"), Cancellation));
    }

    [Fact]
    public async Task Put_IfAbsentOverExisting_IsRefusedAndChangesNothing()
    {
        await _store.PutAsync("a", One, PutCondition.IfAbsent, Cancellation);

        Assert.Null(await _store.PutAsync("a", Two, PutCondition.IfAbsent, Cancellation));
        Assert.Equal(One, (await _store.GetAsync("a", Cancellation))!.Content.ToArray());
        Assert.Empty(Directory.GetFiles(Path.Combine(_store.Root, ".store", "tmp")));
    }

    [Fact]
    public async Task Put_IfTagIsStale_IsRefused()
    {
        var stale = await _store.PutAsync("a", One, PutCondition.None, Cancellation);
        await _store.PutAsync("a", Two, PutCondition.IfTag(stale!), Cancellation);

        Assert.Null(await _store.PutAsync("a", One, PutCondition.IfTag(stale!), Cancellation));
        Assert.Null(await _store.PutAsync("b", One, PutCondition.IfTag(stale!), Cancellation));
        Assert.Equal(Two, (await _store.GetAsync("a", Cancellation))!.Content.ToArray());
    }

    [Fact]
    public async Task Put_Stream_HasTheTagOfItsBytes()
    {
        var content = new byte[300_000];
        new Random(1).NextBytes(content);

        var tag = await _store.PutAsync("s", new MemoryStream(content), Cancellation);

        var stored = await _store.GetAsync("s", Cancellation);
        Assert.Equal(content, stored!.Content.ToArray());
        Assert.Equal(stored.Tag, tag);
        await using var opened = await _store.OpenAsync("s", Cancellation);
        Assert.Equal(content.Length, opened!.Length);
    }

    [Fact]
    public async Task Put_StreamThatFails_LeavesNothing()
    {
        await Assert.ThrowsAsync<ObjectStoreException>(() => _store.PutAsync("s", new FailingStream(), Cancellation));

        Assert.Null(await _store.GetAsync("s", Cancellation));
        Assert.Empty(Directory.GetFiles(Path.Combine(_store.Root, ".store", "tmp")));
    }

    [Fact]
    public async Task Append_Twice_KeepsOrder()
    {
        await _store.AppendAsync("log/e.jsonl", One, Cancellation);
        await _store.AppendAsync("log/e.jsonl", Two, Cancellation);

        Assert.Equal("onetwo", Encoding.UTF8.GetString((await _store.GetAsync("log/e.jsonl", Cancellation))!.Content.Span));
    }

    [Fact]
    public async Task List_Prefix_GivesOrdinalOrderWithoutTheStoresOwnFiles()
    {
        foreach (var name in new[] { "b", "a/z", "a-b", "a.b", "a/c/d", "B" })
        {
            await _store.PutAsync(name, One, PutCondition.None, Cancellation);
        }

        await File.WriteAllTextAsync(Path.Combine(_store.Root, "not a name"), "", Cancellation);

        Assert.Equal(["B", "a-b", "a.b", "a/c/d", "a/z", "b"], await Names(""));
        Assert.Equal(["a/c/d", "a/z"], await Names("a/"));
        Assert.Equal(["a/c/d"], await Names("a/c"));
        Assert.Empty(await Names("../"));
    }

    [Fact]
    public async Task Delete_IfTag_DeletesOnlyThatContentAndTheEmptyFolder()
    {
        var tag = await _store.PutAsync("x/y/z", One, PutCondition.None, Cancellation);
        await _store.PutAsync("x/y/z", Two, PutCondition.None, Cancellation);

        Assert.False(await _store.DeleteAsync("x/y/z", PutCondition.IfTag(tag!), Cancellation));
        Assert.True(await _store.DeleteAsync("x/y/z", PutCondition.None, Cancellation));
        Assert.True(await _store.DeleteAsync("x/y/z", PutCondition.None, Cancellation));
        Assert.False(Directory.Exists(Path.Combine(_store.Root, "x")));
        Assert.True(Directory.Exists(_store.Root));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a/.")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("ä")]
    [InlineData(".store/locks/00")]
    public async Task Put_NameIsNotAllowed_IsRefusedBeforeAnythingIsWritten(string name)
    {
        var exception = await Assert.ThrowsAsync<ObjectStoreException>(
            () => _store.PutAsync(name, One, PutCondition.None, Cancellation));

        Assert.Contains($"'{name}'", exception.Message);
        Assert.False(Directory.Exists(_store.Root));
    }

    [Fact]
    public async Task Put_FolderIsAFile_FailsWithOneSentenceAndLeavesNoTemporaryFile()
    {
        await _store.PutAsync("a", One, PutCondition.None, Cancellation);

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(
            () => _store.PutAsync("a/b", One, PutCondition.None, Cancellation));

        Assert.Contains("'a/b'", exception.Message);
        Assert.Empty(Directory.GetFiles(Path.Combine(_store.Root, ".store", "tmp")));
    }

    [Fact]
    public void EnsureWritable_RootIsAFile_SaysSo()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");

        var exception = Assert.Throws<ObjectStoreException>(() => new DirectoryObjectStore(file).EnsureWritable());

        Assert.Contains(file, exception.Message);
    }

    [Fact]
    public void EnsureWritable_AbandonedTemporaryFile_IsRemovedAfterAnHour()
    {
        _store.EnsureWritable();
        var temporary = Path.Combine(_store.Root, ".store", "tmp");
        var old = Path.Combine(temporary, "old");
        var young = Path.Combine(temporary, "young");
        File.WriteAllText(old, "");
        File.WriteAllText(young, "");
        File.SetLastWriteTimeUtc(old, File.GetLastWriteTimeUtc(young) - TimeSpan.FromHours(2));

        _store.EnsureWritable();

        Assert.Equal([young], Directory.GetFiles(temporary));
    }

    private async Task<List<string>> Names(string prefix)
    {
        var names = new List<string>();
        await foreach (var name in _store.ListAsync(prefix, Cancellation))
        {
            names.Add(name);
        }

        return names;
    }

    private sealed class FailingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => throw new IOException("The network is gone.");
    }
}
