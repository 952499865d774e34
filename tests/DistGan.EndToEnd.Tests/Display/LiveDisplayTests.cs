using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Display;

public sealed class LiveDisplayTests
{
    [Fact]
    public async Task DisposeAsync_AfterReports_LeavesTheLastStateAndACursor()
    {
        var writer = new StringWriter();
        var console = new CommandConsole { Out = writer, Error = TextWriter.Null, IsTerminal = true, NoColor = false, Time = TimeProvider.System };

        await using (var display = new LiveDisplay(console, Progresses.Facts))
        {
            display.Show(Progresses.Of(JobState.Running, 1, null, Progresses.Report(50, 5)));
            display.Show(Progresses.Of(JobState.Completed, 2, [Progresses.Event(1, EventKinds.Completed, "all steps are done")], Progresses.Report(100, 10)));
            display.Say("the console has to say this");
        }

        var text = writer.ToString();
        var last = text[text.LastIndexOf("test: ", StringComparison.Ordinal)..];
        Assert.All(["step 100/100", "completed: all steps are done", "the console has to say this"], part => Assert.Contains(part, last, StringComparison.Ordinal));
        Assert.True(text.LastIndexOf("\e[?25h", StringComparison.Ordinal) > text.LastIndexOf("\e[?25l", StringComparison.Ordinal), "The cursor stays hidden.");
        Assert.DoesNotContain("\e[2J", text, StringComparison.Ordinal);
    }
}
