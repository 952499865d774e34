using System.Text;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Hosting.Runs;

namespace DistGan.Hosting.Tests.Runs;

public sealed class MetricsReaderTests
{
    [Fact]
    public void Write_NonFiniteValue_IsNull()
    {
        var line = MetricsLine.Write(new ReplicaProgress
        {
            Replica = 1, Epoch = 2, Step = 3, Images = 4, Seconds = 5.25,
            Values = new Dictionary<string, double> { ["d_loss"] = double.NaN, ["fid"] = 7.5 },
        });

        Assert.Equal("{\"replica\":1,\"epoch\":2,\"step\":3,\"images\":4,\"seconds\":5.25,\"d_loss\":null,\"fid\":7.5}\n", Encoding.UTF8.GetString(line.Span));
    }

    [Fact]
    public void Effective_TornLastLine_IsDropped()
        => Assert.Equal([50], Steps(Line(1, 50) + "{\"replica\":0,\"epo"));

    [Fact]
    public void Effective_SupersededEpochBeyondTheResume_IsDropped()
        => Assert.Equal([(50, 1), (100, 2), (150, 2)], Pairs(Line(1, 50) + Line(1, 100) + Line(1, 150) + Line(2, 100) + Line(1, 200) + Line(2, 150)));

    [Fact]
    public void Effective_RolledBackInOneEpoch_KeepsTheSecondTime()
    {
        var text = Line(1, 50) + Line(1, 100, 1) + Line(1, 150) + Line(1, 100, 2);

        var lines = MetricsReader.Effective(Encoding.UTF8.GetBytes(text));

        Assert.Equal([50L, 100], lines.Select(line => line.GetProperty("step").GetInt64()));
        Assert.Equal(2, lines[1].GetProperty("d_loss").GetDouble());
    }

    [Fact]
    public void Effective_ScoresBesideTheReport_AreBothKept()
        => Assert.Equal([100, 100], Steps(Line(1, 100) + "{\"replica\":0,\"epoch\":1,\"step\":100,\"fid\":9}\n"));

    private static string Line(long epoch, long step, double loss = 0)
        => FormattableString.Invariant($"{{\"replica\":0,\"epoch\":{epoch},\"step\":{step},\"d_loss\":{loss}}}\n");

    private static IEnumerable<long> Steps(string text) => Pairs(text).Select(pair => pair.Step);

    private static IEnumerable<(long Step, long Epoch)> Pairs(string text)
        => MetricsReader.Effective(Encoding.UTF8.GetBytes(text)).Select(line => (line.GetProperty("step").GetInt64(), line.GetProperty("epoch").GetInt64()));
}
