using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Tests.Jobs;

namespace DistGan.Grains.Tests.Replay;

public sealed class ReplayBufferGrainTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync() => _plane = await ControlPlane.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Exchange_BeforeReset_SaysWhatToDo()
    {
        var exception = await Assert.ThrowsAsync<ReplayNotSizedException>(() => Grain("a").ExchangeAsync(Exchange(1)));

        Assert.Contains("'a'", exception.Message);
        Assert.Contains("reset", exception.Message);
    }

    [Fact]
    public async Task CaptureReadRestore_OtherGrain_AnswersAlike()
    {
        var grain = Grain("a");
        await grain.ResetAsync(new ReplaySettings { ItemBytes = 4, BudgetBytes = 64 });
        await grain.ExchangeAsync(Exchange(1));
        await grain.ExchangeAsync(Exchange(2));
        var capture = await grain.CaptureAsync();
        var other = Grain("b");
        await other.ResetAsync(capture.Settings);
        for (var i = 0; i < capture.Chunks; i++)
        {
            await other.RestoreAsync((await grain.ReadAsync(capture.Id, i))!);
        }

        await grain.CloseAsync(capture.Id);

        Assert.Null(await grain.ReadAsync(capture.Id, 0));
        var one = await grain.ExchangeAsync(Exchange(3));
        var two = await other.ExchangeAsync(Exchange(3));
        Assert.Equal(one.Images.ToArray(), two.Images.ToArray());
        Assert.Equal((2, 36, 64), (one.Draws, one.StoredBytes, one.BudgetBytes));
    }

    private static ReplayExchange Exchange(byte step) => new()
    {
        Push = new ReplayChunk { Groups = [new ReplayGroupHeader(0, step, 3)], Images = Enumerable.Repeat(step, 12).ToArray() },
        Draws = 2,
        ImagesPerDraw = 2,
        Grouped = false,
        Seed = 7,
    };

    private IReplayBufferGrain Grain(string key) => _plane.Grains.GetGrain<IReplayBufferGrain>(key);
}
