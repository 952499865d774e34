using DistGan.Client.Jobs;

namespace DistGan.EndToEnd.Tests.Jobs;

public sealed class SilenceTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void IsTooLong_CallsUnansweredForMoreThanTwoMinutes_IsTrue()
    {
        var silence = new Silence(_clock);

        Assert.Equal([false, false, false, false, true], Enumerable.Range(0, 5).Select(_ => IsTooLongAfter(silence, TimeSpan.FromSeconds(30))));
    }

    [Fact]
    public void IsTooLong_AProcessThatWasSuspendedForHours_AsksAgain()
    {
        var silence = new Silence(_clock);

        Assert.False(IsTooLongAfter(silence, TimeSpan.FromHours(8)));
        Assert.False(IsTooLongAfter(silence, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void IsTooLong_AnAnswerBetween_StartsAnew()
    {
        var silence = new Silence(_clock);
        _ = IsTooLongAfter(silence, TimeSpan.FromSeconds(59));
        _ = IsTooLongAfter(silence, TimeSpan.FromSeconds(59));
        _clock.Pass(TimeSpan.FromSeconds(59));
        silence.Answered();

        Assert.False(IsTooLongAfter(silence, TimeSpan.FromSeconds(59)));
    }

    private bool IsTooLongAfter(Silence silence, TimeSpan call)
    {
        _clock.Pass(call);
        silence.Unanswered();
        return silence.IsTooLong;
    }

    private sealed class Clock : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now;

        public void Pass(TimeSpan time) => _now += (long)(time.TotalSeconds * TimestampFrequency);
    }
}
