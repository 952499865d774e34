using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage;

namespace DistGan.Hosting.Tests.Storage;

public sealed class StoreIdentityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_OneStoreOrTwo_IsTheSameOrAnother()
    {
        var (one, same, other) = (await ReadAsync("one"), await ReadAsync("one"), await ReadAsync("two"));

        Assert.Equal(32, one!.Length);
        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
        Assert.Null(await StoreIdentity.Shared.ReadAsync(CancellationToken.None));
    }

    private Task<string?> ReadAsync(string name)
        => new StoreIdentity(new DirectoryObjectStore(Path.Combine(_folder.Path, name))).ReadAsync(CancellationToken.None);
}
