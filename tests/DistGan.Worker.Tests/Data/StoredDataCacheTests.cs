using DistGan.Grains.Interfaces.Data;
using DistGan.Recipes;
using DistGan.Training.Data.Sources;
using DistGan.Worker.Data;
using DistGan.Worker.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace DistGan.Worker.Tests.Data;

public sealed class StoredDataCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private readonly MemoryStore _store = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private DataPlaces Places => new() { Cache = Path.Combine(_folder, "cache") };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Fetch_WhatIsInTheStore_IsHereWholeAndNotFetchedAgain()
    {
        var (id, content) = await UploadAsync("photos", 3_000_000);
        using var cache = new StoredDataCache(Places, _time);

        var first = await FetchAsync(cache, id);
        _store.Objects.Clear();
        var second = await FetchAsync(cache, id);

        Assert.Equal(("photos", 1), (first!.Name, first.Files));
        Assert.InRange(first.Bytes, 3_000_000, 3_020_000);
        Assert.Null(second);
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(Places.StoredFolder(id), "idx/photos")));
    }

    [Fact]
    public async Task Fetch_ByManyAtATime_IsDoneOnce()
    {
        var (id, _) = await UploadAsync("photos", 3_000_000);
        using var cache = new StoredDataCache(Places, _time);

        var fetched = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => FetchAsync(cache, id))));

        Assert.Single(fetched, static one => one is not null);
    }

    [Fact]
    public async Task Fetch_WhatIsNotInTheStore_SaysWhatToDo()
    {
        using var cache = new StoredDataCache(Places, _time);

        Assert.Contains("submit the job again", await FailureAsync(cache, new string('a', 64)));
    }

    [Theory]
    [InlineData(true, "is not there")]
    [InlineData(false, "is not what was uploaded")]
    public async Task Fetch_DataThatAreDamagedInTheStore_NamesThePartAndLeavesNothing(bool isGone, string expected)
    {
        var (id, _) = await UploadAsync("photos", 3_000_000);
        var part = StoredDataFiles.Part(id, 1);
        if (isGone)
        {
            _store.Objects.Remove(part);
        }
        else
        {
            _store.Objects[part][500_000] ^= 1;
        }

        using var cache = new StoredDataCache(Places, _time);
        var failure = await FailureAsync(cache, id);

        Assert.Contains($"{part} {expected}", failure);
        Assert.Empty(Directory.GetFileSystemEntries(Places.Stored));
    }

    [Fact]
    public async Task Fetch_ThatIsNotWantedAnyMore_EndsAndLeavesNothing()
    {
        var (id, _) = await UploadAsync("photos", 3_000_000);
        using var cache = new StoredDataCache(Places, _time);
        var asked = 0;

        await Assert.ThrowsAsync<OperationCanceledException>(() => cache.FetchAsync(new StoreDataSource(_store), id, () => ++asked > 1, CancellationToken.None));

        Assert.Empty(Directory.GetFileSystemEntries(Places.Stored));
    }

    [Fact]
    public async Task Fetch_BeyondTheLimit_RemovesWhatWasNotUsedForTheLongestTime()
    {
        var ids = new List<string>();
        foreach (var (name, length) in new[] { ("a", 400_000), ("b", 400_001), ("c", 400_002) })
        {
            ids.Add((await UploadAsync(name, length)).Id);
        }

        using var cache = new StoredDataCache(Places, _time, limit: 1_000_000);
        foreach (var index in (int[])[0, 1, 0, 2])
        {
            _time.Advance(TimeSpan.FromHours(1));
            await FetchAsync(cache, ids[index]);
        }

        Assert.Equal([true, false, true], ids.Select(id => Directory.Exists(Places.StoredFolder(id))));
    }

    [Fact]
    public async Task Fetch_MoreThanTheLimit_SaysSo()
    {
        var (id, _) = await UploadAsync("photos", 400_000);
        using var cache = new StoredDataCache(Places, _time, limit: 100_000);

        Assert.Contains("DistGan:Worker:DataBytes (100000)", await OfThisMachineAsync(cache, id));
    }

    [Fact]
    public async Task Fetch_AfterAnotherProcessWasKilled_RemovesWhatItLeftADayAgo()
    {
        var (id, _) = await UploadAsync("photos", 1000);
        foreach (var (name, age) in new[] { (".old.x", 25), (".new.x", 23) })
        {
            var left = Directory.CreateDirectory(Path.Combine(Places.Stored, name));
            left.LastWriteTimeUtc = _time.GetUtcNow().UtcDateTime.AddHours(-age);
        }

        using var cache = new StoredDataCache(Places, _time);
        await FetchAsync(cache, id);

        Assert.Equal([".new.x", id], Directory.GetDirectories(Places.Stored).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Fetch_WhereNothingCanBeWritten_NamesTheFolder()
    {
        var (id, _) = await UploadAsync("photos", 1000);
        await File.WriteAllTextAsync(Path.Combine(_folder, "cache"), "a file");
        using var cache = new StoredDataCache(Places, _time);

        Assert.Contains($"cannot be kept in {Places.Stored}", await OfThisMachineAsync(cache, id));
        Assert.Contains("set DISTGAN_DATA to a folder that this worker may write", cache.WhyUnwritable());
    }

    [Fact]
    public void WhyUnwritable_WhereSomethingCanBeWritten_IsNullAndLeavesNoFile()
    {
        using var cache = new StoredDataCache(Places, _time);

        Assert.Null(cache.WhyUnwritable());
        Assert.Empty(Directory.GetFileSystemEntries(Places.Stored));
    }

    private Task<FetchedData?> FetchAsync(StoredDataCache cache, string id) => cache.FetchAsync(new StoreDataSource(_store), id, static () => false, CancellationToken.None);

    private async Task<string> FailureAsync(StoredDataCache cache, string id) => (await Assert.ThrowsAsync<DistGanException>(() => FetchAsync(cache, id))).Message;

    private async Task<string> OfThisMachineAsync(StoredDataCache cache, string id) => (await Assert.ThrowsAsync<MachineException>(() => FetchAsync(cache, id))).Message;

    private Task<(string Id, byte[] Content)> UploadAsync(string name, int length) => UploadedData.PutAsync(_store, _folder, name, length);
}
