using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage;

namespace DistGan.Hosting.Tests.Storage;

public sealed class DirectoryObjectStoreTests : ObjectStoreContract, IDisposable
{
    private static readonly byte[] One = "one"u8.ToArray();
    private readonly TemporaryFolder _folder = new();
    private readonly DirectoryObjectStore _store;

    public DirectoryObjectStoreTests() => _store = (DirectoryObjectStore)Open();

    private protected override string Place => Path.Combine(_folder.Path, "run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_NothingWritten_MakesNoFolder()
    {
        Assert.Null(await _store.GetAsync("a", Cancellation));
        Assert.Null(await _store.OpenAsync("a", Cancellation));
        Assert.Empty(await NamesAsync(""));
        Assert.True(await _store.DeleteAsync("a/b", PutCondition.None, Cancellation));
        Assert.False(Directory.Exists(_store.Root));
    }

    [Fact]
    public async Task Put_Name_IsAFileOfThatPath()
    {
        await _store.PutAsync("a/b.bin", One, PutCondition.None, Cancellation);

        Assert.Equal(One, await File.ReadAllBytesAsync(Path.Combine(_store.Root, "a", "b.bin"), Cancellation));
    }

    [Fact]
    public async Task Put_Refused_LeavesNoTemporaryFile()
    {
        await _store.PutAsync("a", One, PutCondition.IfAbsent, Cancellation);
        await _store.PutAsync("a", One, PutCondition.IfAbsent, Cancellation);
        await Assert.ThrowsAsync<ObjectStoreException>(() => _store.PutAsync("s", new ForwardStream([1], new IOException("The network is gone.")), Cancellation));

        Assert.Empty(Directory.GetFiles(Path.Combine(_store.Root, ".store", "tmp")));
    }

    [Fact]
    public async Task List_FilesThatAreNoObjects_LeavesThemOut()
    {
        await _store.PutAsync("b", One, PutCondition.None, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_store.Root, "not a name"), "", Cancellation);

        Assert.Equal(["b"], await NamesAsync(""));
    }

    [Fact]
    public async Task Delete_LastObjectOfAFolder_DeletesTheFolder()
    {
        await _store.PutAsync("x/y/z", One, PutCondition.None, Cancellation);

        Assert.True(await _store.DeleteAsync("x/y/z", PutCondition.None, Cancellation));

        Assert.False(Directory.Exists(Path.Combine(_store.Root, "x")));
        Assert.True(Directory.Exists(_store.Root));
    }

    [Fact]
    public async Task Put_NameIsNotAllowed_MakesNoFolder()
    {
        await Assert.ThrowsAsync<ObjectStoreException>(() => _store.PutAsync("a b", One, PutCondition.None, Cancellation));

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

    private protected override IObjectStore Open() => new DirectoryObjectStore(Place);
}
