using DistGan.Client.Jobs;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Jobs;

public sealed class CommandFormTests
{
    [Fact]
    public void Of_ACheckout_IsDotnetRun()
    {
        using var folder = new TempFolder();
        folder.Write("Client/Client.csproj", "");
        var program = folder["Client/bin/Release/net10.0/"];

        Assert.Equal("dotnet run -c Release --project Client -- train --resume runs/fashion",
            CommandForm.Of(program, Path.Combine(program, "distgan"), folder.Path, ["train", "--resume", "runs/fashion"]));
    }

    [Fact]
    public void Of_ACheckoutThatAShellFindsByName_IsTheName()
    {
        using var folder = new TempFolder();
        folder.Write("Client/Client.csproj", "");
        folder.Write("Client/bin/Release/net10.0/distgan", "");
        folder.Write("other/distgan", "");
        Directory.CreateDirectory(folder["tools"]);
        File.CreateSymbolicLink(folder["tools/distgan"], folder["Client/bin/Release/net10.0/distgan"]);
        string Of(string path) => CommandForm.Of(folder["Client/bin/Release/net10.0/"], folder["Client/bin/Release/net10.0/distgan"], folder.Path, ["list"], path);

        Assert.Equal("distgan list", Of(string.Join(Path.PathSeparator, folder["nothing"], folder["tools"], folder["other"])));
        Assert.Equal("dotnet run -c Release --project Client -- list", Of(string.Join(Path.PathSeparator, folder["other"], folder["tools"]))); // another one is found first
    }

    [Fact]
    public void Of_AnInstalledProgram_IsItsName()
        => Assert.Equal("distgan samples 'my runs/a'", CommandForm.Of("/opt/distgan/", "/opt/distgan/distgan", "/home", ["samples", "my runs/a"]));

    [Fact]
    public void Of_AnAssemblyUnderDotnet_NamesIt()
        => Assert.Equal("dotnet /opt/distgan/distgan.dll doctor", CommandForm.Of("/opt/distgan/", "/usr/bin/dotnet", "/home", ["doctor"]));
}
