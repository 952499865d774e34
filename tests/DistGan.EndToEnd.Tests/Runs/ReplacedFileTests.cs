using DistGan.Client.CommandLine;
using DistGan.Client.Runs;
using DistGan.Client.Runs.Contents;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Runs;

public sealed class ReplacedFileTests
{
    [Fact]
    public void Write_BelowAFile_IsRefusedWithoutATemporaryName()
    {
        using var folder = new TempFolder();
        folder.Write("both.txt", "mine");

        var picture = Assert.Throws<CommandException>(() => ReplacedFile.Write(folder["both.txt/a.png"], [1]));
        var text = Assert.Throws<CommandException>(() => WholeFile.Write(folder["both.txt/a.html"], "a"));

        Assert.Equal((ExitCodes.Refused, ExitCodes.Refused), (picture.ExitCode, text.ExitCode));
        Assert.EndsWith("choose another one with --out.", picture.Message, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Environment.ProcessId}", picture.Message.Replace(folder.Path, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder["both.txt"]));
    }

    [Fact]
    public void Write_OverAFolder_IsRefusedWithoutATemporaryNameAndLeavesNothing()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["a.png"]);

        var error = Assert.Throws<CommandException>(() => ReplacedFile.Write(folder["a.png"], [1]));

        Assert.Equal(ExitCodes.Refused, error.ExitCode);
        Assert.DoesNotContain($"-{Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        Assert.Equal([folder["a.png"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Write_WhatFails_LeavesTheOldFile()
    {
        using var folder = new TempFolder();
        folder.Write("a.txt", "old");

        Assert.Throws<InvalidOperationException>(() => ReplacedFile.Write(folder["a.txt"], static _ => throw new InvalidOperationException()));

        Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }
}
