using DistGan.Client.CommandLine;
using DistGan.Client.Runs;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Runs;

public sealed class RunLockTests
{
    [Fact]
    public void IsHeld_BeforeDuringAndAfter_IsSoOnlyDuring()
    {
        using var folder = new TempFolder();

        Assert.False(RunLock.IsHeld(folder.Path));
        Assert.False(RunLock.IsHeld(folder["nowhere"]));
        using (RunLock.Take(folder.Path))
        {
            Assert.True(RunLock.IsHeld(folder.Path));
        }

        Assert.False(RunLock.IsHeld(folder.Path));
        Assert.Equal([RunLock.FileName], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Take_AFolderThatIsTaken_IsRefused()
    {
        using var folder = new TempFolder();
        using var first = RunLock.Take(folder.Path);

        Assert.Equal(ExitCodes.Refused, Assert.Throws<CommandException>(() => RunLock.Take(folder.Path)).ExitCode);
    }
}
