using DistGan.Client.Clusters;
using DistGan.EndToEnd.Tests.Display;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Clusters;

public sealed class LastingCallsTests
{
    private readonly HurriedTime _time = new();
    private readonly List<string> _told = [];

    [Fact]
    public async Task CallAsync_SilenceAndThenAnAnswer_TellsOfEachOnce()
    {
        var answers = new Queue<Func<int>>([static () => throw new TimeoutException("silent."), static () => throw new TimeoutException("silent."), static () => 7]);

        var answer = await new LastingCalls(_time, _told.Add).CallAsync(_ => Task.FromResult(answers.Dequeue()()), CancellationToken.None);

        Assert.Equal(7, answer);
        Assert.Equal(["the cluster does not answer (silent): trying again for 2 minutes", "the cluster answers again"], _told);
    }

    [Fact]
    public async Task CallAsync_SilenceForTwoMinutes_Throws()
        => await Assert.ThrowsAsync<TimeoutException>(() => new LastingCalls(_time, _told.Add).CallAsync<int>(static _ => throw new TimeoutException("silent."), CancellationToken.None));

    [Fact]
    public async Task CallAsync_WrongCall_IsNotMadeAgain()
    {
        var calls = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(() => new LastingCalls(_time, _told.Add).CallAsync<int>(_ => throw new InvalidOperationException($"{++calls}"), CancellationToken.None));

        Assert.Equal((1, 0), (calls, _told.Count));
    }

    [Fact]
    public async Task FollowAsync_AnswersAreLost_AsksAgainFromTheLastOneAndRepeatsNothing()
    {
        var jobs = new FakeJobs(
            Progresses.Of(JobState.Running, 1, [Progresses.Event(1, EventKinds.Started, "one")]),
            null,
            Progresses.Of(JobState.Paused, 2, [Progresses.Event(2, EventKinds.Paused, "two")]),
            null,
            null,
            Progresses.Of(JobState.Completed, 3, [Progresses.Event(3, EventKinds.Completed, "three")]));
        var seen = new List<long>();

        await foreach (var progress in new JobFollower(jobs, new LastingCalls(_time, _told.Add)).FollowAsync(new JobId("test"), CancellationToken.None))
        {
            seen.AddRange(progress.Events.Select(static entry => entry.Sequence));
        }

        Assert.Equal([1, 2, 3], seen);
        Assert.Equal([0, 1, 1, 2, 2, 2], jobs.Cursors.Select(static cursor => cursor.Sequence));
    }

    /// <summary>A clock on which whoever waits has waited.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _now += (long)(dueTime.TotalSeconds * TimestampFrequency);
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
