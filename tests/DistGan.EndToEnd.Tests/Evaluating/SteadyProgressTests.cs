using DistGan.Client.Evaluating;

namespace DistGan.EndToEnd.Tests.Evaluating;

public sealed class SteadyProgressTests
{
    [Fact]
    public void Tell_SoonAfterALine_IsPassedOver()
    {
        var (lines, clock) = (new List<string>(), new Clock());
        var progress = new SteadyProgress(lines.Add, clock);

        progress.Begin("begins");
        clock.Seconds = 1.9;
        progress.Tell("too soon");
        clock.Seconds = 2.1;
        progress.Tell("far");
        clock.Seconds = 3;
        progress.Tell("too soon again");
        progress.Begin("next");

        Assert.Equal(["begins", "far", "next"], lines);
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
