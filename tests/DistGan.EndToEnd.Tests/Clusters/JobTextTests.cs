using DistGan.Client.Clusters;
using DistGan.EndToEnd.Tests.Display;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;

namespace DistGan.EndToEnd.Tests.Clusters;

public sealed class JobTextTests
{
    [Fact]
    public void WriteList_ReplicasThatWaitOrAreRetired_AreToldAndNotCounted()
    {
        var job = Progresses.Summary("mine", JobState.Running) with { Replicas = [Replica(0), Replica(1) with { Waiting = true }, Replica(2) with { Outcome = ReplicaOutcome.Retired }] };

        var row = Text(writer => JobText.WriteList(writer, [job], wide: false)).Split('\n')[1];

        Assert.Equal(["mine", "running (1 of 2 waits)", "2", "100"], row.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[..4]);
    }

    [Theory]
    [InlineData(JobState.Running, "state      running (2 of 2 wait)")]
    [InlineData(JobState.Waiting, "state      waiting")]
    public void Write_ReplicasThatWait_AreToldWhereTheStateDoesNotSayIt(JobState state, string line)
    {
        var job = Progresses.Summary("mine", state) with { Replicas = [Replica(0) with { Waiting = true }, Replica(1) with { Waiting = true }] };

        Assert.Contains(line, Text(writer => JobText.Write(writer, job)).Split('\n'));
    }

    [Fact]
    public void WriteAfterStop_OfAJobThatIsDone_NamesALargerBudget()
    {
        var done = Progresses.Summary("mine", JobState.Completed);
        var stopping = Progresses.Summary("mine", JobState.Stopping);

        Assert.EndsWith(" resume mine --steps 200\n", Text(writer => NextCommands.WriteAfterStop(writer, done, canResume: true, [])), StringComparison.Ordinal);
        Assert.EndsWith(" resume mine\n", Text(writer => NextCommands.WriteAfterStop(writer, stopping, canResume: true, [])), StringComparison.Ordinal);
        Assert.EndsWith(" delete mine\n", Text(writer => NextCommands.WriteAfterStop(writer, stopping, canResume: false, [])), StringComparison.Ordinal);
    }

    private static ReplicaSummary Replica(int ordinal) => new() { Replica = ordinal, Step = 100, Images = 6400, Seconds = 10, Scores = new Dictionary<string, double>() };

    private static string Text(Action<TextWriter> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(writer);
        return writer.ToString();
    }
}
