using DistGan.Training.Snapshots;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Tests.Snapshots;

public sealed class SnapshotRetentionTests
{
    [Fact]
    public void Surplus_BestIsOld_KeepsItBesidesTheNewest()
    {
        StoredSnapshot[] newestFirst = [Make(500, 30), Make(400, 20), Make(300, 25), Make(200, 10), Make(100, 40)];

        var surplus = SnapshotRetention.Surplus(newestFirst, keep: 2);

        Assert.Equal([300, 100], surplus.Select(snapshot => snapshot.Manifest.Step));
    }

    [Fact]
    public void Best_ScoreNotFinite_IsNeverBest()
        => Assert.Equal(100, SnapshotRetention.Best([Make(300, null), Make(200, null), Make(100, 40)])!.Manifest.Step);

    [Theory]
    [InlineData(new[] { 1f, 2, 3, 4, 5, 6, 7, 8, 9, float.NaN }, false)]
    [InlineData(new[] { float.NegativeInfinity, 2, 3, 4, 5, 6, 7, 8, 9, 1 }, false)]
    [InlineData(new[] { float.MaxValue, float.MinValue, float.Epsilon, 0, -0f, 6, 7, 8, 9, 1 }, true)]
    public void FirstNonFinite_Float32_FindsWhatIsNotFinite(float[] values, bool finite)
    {
        var state = new ReplicaState(1, 1, new Dictionary<string, IReadOnlyList<NamedArray>> { ["ema"] = [HostArrays.Float32("theta", values)] }, []);

        Assert.Equal(finite ? null : "ema: theta", FiniteCheck.FirstNonFinite(state));
    }

    private static StoredSnapshot Make(long step, double? fid) => new($"step-{step}/", new SnapshotManifest
    {
        Job = "job", Replica = 0, Epoch = 1, Step = step, Images = step, Time = DateTimeOffset.UnixEpoch, RecipeSha256 = "r", DataFingerprint = "d",
        Files = new Dictionary<string, SnapshotFile>(),
        Score = new SnapshotScore("fid", fid, LowerIsBetter: true),
    });
}
