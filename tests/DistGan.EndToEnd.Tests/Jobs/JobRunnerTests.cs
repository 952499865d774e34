using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.EndToEnd.Tests.Display;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Hosting.Jobs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Jobs;

public sealed class JobRunnerTests
{
    private static readonly JobSubmission Submission = new() { Job = new JobId("test"), Recipe = RecipeEnvelopes.Wrap(new Recipe()) };

    [Fact]
    public async Task RunAsync_ToTheEnd_PassesEachCursorOn()
    {
        var jobs = new FakeJobs(Progresses.Of(JobState.Running, 3), Progresses.Of(JobState.Running, 7), Progresses.Of(JobState.Completed, 9));

        var summary = await Runner(jobs).RunAsync(Submission, new TaskCompletionSource().Task);

        Assert.Equal(JobState.Completed, summary.State);
        Assert.Equal([default, new JobCursor(3, 3), new JobCursor(7, 7)], jobs.Cursors);
        Assert.False(jobs.WasInterrupted);
    }

    [Fact]
    public async Task RunAsync_AfterEarlierStarts_AsksForWhatIsNew()
    {
        var jobs = new FakeJobs(Progresses.Of(JobState.Running, 8), Progresses.Of(JobState.Completed, 9));

        await Runner(jobs).RunAsync(Submission, new TaskCompletionSource().Task, after: 7);

        Assert.Equal([new JobCursor(7, 0), new JobCursor(8, 8)], jobs.Cursors);
    }

    [Fact]
    public async Task RunAsync_Refused_EndsWithTheRefusal()
    {
        var jobs = new FakeJobs { Refusal = "no slot has four threads" };

        var exception = await Assert.ThrowsAsync<CommandException>(() => Runner(jobs).RunAsync(Submission, new TaskCompletionSource().Task));

        Assert.Equal(ExitCodes.Refused, exception.ExitCode);
        Assert.Equal("no slot has four threads", exception.Message);
    }

    [Fact]
    public async Task RunAsync_Interrupted_AsksTheJobAndWaitsForItsEnd()
    {
        var jobs = new FakeJobs(Progresses.Of(JobState.Stopping, 1), Progresses.Of(JobState.Interrupted, 2)) { WaitsForInterrupt = true };
        var interrupt = new TaskCompletionSource();
        var running = Runner(jobs).RunAsync(Submission, interrupt.Task);

        interrupt.SetResult();
        var summary = await running.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(jobs.WasInterrupted);
        Assert.Equal(JobState.Interrupted, summary.State);
    }

    private static JobRunner Runner(FakeJobs jobs) => new(jobs, new QuietDisplay(TextWriter.Null), TimeProvider.System);
}
