using System.Text;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Jobs;
using DistGan.Hosting.Storage;

namespace DistGan.Grains.Tests.Jobs;

public sealed class EventHistoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_Event_IsThisLine()
    {
        var line = Encoding.UTF8.GetString(EventLine.Write(Event(1) with { Data = new Dictionary<string, double> { ["b"] = double.NaN, ["a"] = 1.5 } }));

        Assert.Equal(
            "{\"schema\":\"distgan.event/1\",\"sequence\":1,\"time\":\"2026-01-02T03:04:05Z\",\"kind\":\"snapshot\",\"replica\":0,\"epoch\":2,\"message\":\"Done 'é'.\",\"data\":{\"a\":1.5,\"b\":null},\"file\":\"x/\"}\n",
            line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"schema\"")]
    [InlineData("\0\0\0\0")]
    [InlineData("{\"sequence\":9}\n")]
    public async Task Open_TornLastLine_IsCutOffTheFile(string torn)
    {
        var store = new DirectoryObjectStore(_folder);
        var whole = EventLine.Write(Event(1)).Concat(EventLine.Write(Event(2))).ToArray();
        await store.PutAsync("e", whole.Concat(Encoding.UTF8.GetBytes(torn)).ToArray(), PutCondition.None, CancellationToken.None);

        var events = await EventHistory.OpenAsync(store, "e", CancellationToken.None);

        Assert.Equal([1L, 2L], events.Select(entry => entry.Sequence));
        Assert.Equal(Event(2) with { Data = events[1].Data }, events[1]);
        Assert.Equal(whole, (await store.GetAsync("e", CancellationToken.None))!.Content.ToArray());
    }

    [Fact]
    public async Task Open_DamageInTheMiddle_IsAnErrorThatNamesTheLine()
    {
        var store = new DirectoryObjectStore(_folder);
        byte[] content = [.. EventLine.Write(Event(1)), .. "x\n"u8, .. EventLine.Write(Event(2))];
        await store.PutAsync("e", content, PutCondition.None, CancellationToken.None);

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => EventHistory.OpenAsync(store, "e", CancellationToken.None));

        Assert.Contains("line 2", exception.Message);
        Assert.Equal(content, (await store.GetAsync("e", CancellationToken.None))!.Content.ToArray());
    }

    private static JobEvent Event(long sequence) => new()
    {
        Sequence = sequence,
        Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Kind = "snapshot",
        Replica = 0,
        Epoch = 2,
        Message = "Done 'é'.",
        File = "x/",
    };
}
