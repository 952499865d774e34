using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.EndToEnd.Tests.Display;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.EndToEnd.Tests.Clusters;

public sealed class JobWaiterTests
{
    [Theory]
    [InlineData(JobState.Running, "(running); it goes on, wait for it again.")]
    [InlineData(JobState.Waiting, "(waiting); it goes on, wait for it again.")]
    [InlineData(JobState.Paused, "(paused); it does not go on until it is resumed: ")]
    public async Task Wait_LimitHasPassed_SaysWhatBecomesOfTheJob(JobState state, string outlook)
    {
        // After the state there is no answer any more until the limit ends the wait.
        var waiter = new JobWaiter(new FakeJobs(Progresses.Of(state, 1), null), TimeProvider.System);

        var exception = await Assert.ThrowsAsync<CommandException>(() => waiter.WaitAsync(new JobId("mine"), TimeSpan.FromMilliseconds(100), static _ => { }));

        Assert.Equal(ExitCodes.Unreachable, exception.ExitCode);
        Assert.Contains(outlook, exception.Message, StringComparison.Ordinal);
        Assert.Equal(state == JobState.Paused, exception.Message.EndsWith(" resume mine", StringComparison.Ordinal));
    }
}
