using DistGan.Recipes;
using DistGan.Training.Snapshots;
using DistGan.Worker.Champions;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Champions;

public sealed class ChampionFilesTests
{
    private const string Prefix = "runs/job/";
    private static readonly NamedArray[] Weights = [new("w", "U8", [3], new byte[] { 1, 2, 3 })];
    private readonly MemoryStore _store = new();

    [Fact]
    public async Task Write_ReplacedChampion_LeavesOnlyWhatTheListNames()
    {
        var first = Pack(0, mode: 2, step: 10, quality: 0.5);
        await WriteAsync(0, first);
        var second = Pack(0, mode: 2, step: 20, quality: 0.7);
        await WriteAsync(0, second);

        Assert.Equal(
            [$"{Prefix}champions/r0/champions.json", $"{Prefix}champions/r0/mode-2-step-00000020-e1.safetensors"],
            _store.Objects.Keys);
        Assert.Equal([second.Champion], await ReadAsync(0, Assert.Fail));
        Assert.Equal([1, 2, 3], (await ChampionFiles.WeightsAsync(_store, Prefix, second.Champion, CancellationToken.None))[0].Bytes.ToArray());
    }

    [Fact]
    public async Task Write_FailsBeforeTheList_LeavesTheOldChampionWhole()
    {
        var first = Pack(0, mode: 2, step: 10, quality: 0.5);
        await WriteAsync(0, first);
        _store.BeforeWrite = static name =>
        {
            if (name.EndsWith("champions.json", StringComparison.Ordinal))
            {
                throw new IOException("full");
            }
        };

        await Assert.ThrowsAsync<IOException>(() => WriteAsync(0, Pack(0, mode: 2, step: 20, quality: 0.7)));

        Assert.Equal([first.Champion], await ReadAsync(0, Assert.Fail));
    }

    [Fact]
    public async Task Read_DamagedWeights_ArePassedOverWithAWarning()
    {
        var (bad, good) = (Pack(0, mode: 0, step: 10, quality: 0.5), Pack(0, mode: 1, step: 10, quality: 0.5));
        await WriteAsync(0, bad, good);
        _store.Objects[$"{Prefix}champions/r0/{bad.Champion.Name}"][^1] ^= 1;
        var warnings = new List<string>();

        Assert.Equal([good.Champion], await ReadAsync(0, warnings.Add));
        Assert.Contains("mode 0", Assert.Single(warnings), StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<DistGanException>(() => ChampionFiles.WeightsAsync(_store, Prefix, bad.Champion, CancellationToken.None));
        Assert.Contains(bad.Champion.Sha256, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadBest_SeveralReplicas_TakesTheBestOfEachModeAndTheLowestOfEquals()
    {
        await WriteAsync(0, Pack(0, 0, 10, 0.5), Pack(0, 1, 10, 0.6));
        await WriteAsync(1, Pack(1, 0, 20, 0.7), Pack(1, 1, 20, 0.6), Pack(1, 4, 20, 0.1));

        var best = await ChampionFiles.ReadBestAsync(_store, Prefix, [0, 1, 2], Assert.Fail, CancellationToken.None);

        Assert.Equal([(0, 1), (1, 0), (4, 1)], best.Select(static champion => (champion.Mode, champion.Replica)));
    }

    [Fact]
    public async Task Read_NoList_IsEmptyAndATornOneIsTold()
    {
        Assert.Empty(await ReadAsync(0, Assert.Fail));
        _store.Objects[$"{Prefix}champions/r0/champions.json"] = [(byte)'{'];
        var warnings = new List<string>();

        Assert.Empty(await ReadAsync(0, warnings.Add));
        Assert.Contains("no list of champions", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private static (Champion Champion, byte[] Content) Pack(int replica, int mode, long step, double quality)
        => ChampionFiles.Pack(replica, 1, step, mode, new ModeQuality(300, quality, 0.02), Weights);

    private Task WriteAsync(int replica, params (Champion Champion, byte[] Content)[] added)
        => ChampionFiles.WriteAsync(_store, Prefix, replica, [.. added.Select(static one => one.Champion)], added, CancellationToken.None);

    private Task<IReadOnlyList<Champion>> ReadAsync(int replica, Action<string> warn)
        => ChampionFiles.ReadAsync(_store, Prefix, replica, warn, CancellationToken.None);
}
