using DistGan.Recipes;
using DistGan.Training.Native;

namespace DistGan.Training.Tests.Native;

[Collection(ExclusiveCollection.Name)]
public sealed class LibtorchFolderTests : IDisposable
{
    private const string Force = "DISTGAN_LIBTORCH_FORCE";
    private readonly string? _force = Environment.GetEnvironmentVariable(Force);
    private readonly string _root = Directory.CreateTempSubdirectory("distgan-libtorch-").FullName;

    public LibtorchFolderTests()
    {
        Environment.SetEnvironmentVariable(Force, null);
        Directory.CreateDirectory(Folder);
    }

    private string Folder => Path.Combine(_root, "lib");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Force, _force);
        Directory.Delete(_root, recursive: true);
    }

    [Theory]
    [InlineData("build-version", "2.10.0+cpu\n", "2.10.0")]
    [InlineData("build-version", "2.7.1+cu128\n", "2.7.1")]
    [InlineData("version.py", "from typing import Optional\n__version__ = '2.10.0+cu128'\ndebug = False\ncuda: Optional[str] = '12.8.1'\n", "2.10.0")]
    [InlineData("version.py", "debug = False\n", null)]
    [InlineData("README", "2.10.0", null)]
    public void VersionOf_WhatStandsBesideTheLibraries_IsRead(string file, string text, string? expected)
    {
        File.WriteAllText(Path.Combine(_root, file), text);

        Assert.Equal(expected, LibtorchFolder.VersionOf(Folder));
    }

    [Fact]
    public void InPackageCache_OfNuGet_NamesTheRequiredVersion()
    {
        var folder = LibtorchFolder.InPackageCache();

        Assert.EndsWith($"libtorch-cpu-linux-x64/{NativeBackend.RequiredVersion}/runtimes/linux-x64/native", folder, StringComparison.Ordinal);
    }

    [Fact]
    public void FirstWithLibtorch_OfSeveralFolders_IsTheFirstThatHasItOrTheFirst()
    {
        Assert.Equal(_root, LibtorchFolder.FirstWithLibtorch(_root, Folder));
        File.WriteAllText(Path.Combine(Folder, "libtorch_cpu.so"), "");

        Assert.Equal(Folder, LibtorchFolder.FirstWithLibtorch(_root, Folder));
    }

    [Fact]
    public void Check_RequiredVersion_IsTheFolder()
    {
        File.WriteAllText(Path.Combine(_root, "build-version"), NativeBackend.RequiredVersion);

        Assert.Equal(Folder, LibtorchFolder.Check(Folder));
    }

    [Fact]
    public void Check_OtherVersion_IsRefusedUnlessForced()
    {
        File.WriteAllText(Path.Combine(_root, "build-version"), "2.7.1+cpu");

        var error = Assert.Throws<DistGanException>(() => LibtorchFolder.Check(Folder));
        Environment.SetEnvironmentVariable(Force, "1");

        Assert.Equal(
            $"DISTGAN_LIBTORCH names {Folder} with libtorch 2.7.1, but TorchSharp was built for 2.10.0: use that version, or set DISTGAN_LIBTORCH_FORCE=1 to try it anyway.",
            error.Message);
        Assert.Equal(Folder, LibtorchFolder.Check(Folder));
    }

    [Fact]
    public void Check_UnknownVersion_SaysSo()
        => Assert.Contains("with libtorch of an unknown version, but", Assert.Throws<DistGanException>(() => LibtorchFolder.Check(Folder)).Message, StringComparison.Ordinal);

    [Fact]
    public void Check_NoSuchFolder_IsRefused()
    {
        var nowhere = Path.Combine(_root, "nowhere");

        Assert.Equal(
            $"DISTGAN_LIBTORCH names {nowhere}, which is no folder: set it to the one that holds libtorch_cpu.so.",
            Assert.Throws<DistGanException>(() => LibtorchFolder.Check(nowhere)).Message);
    }

    [Fact]
    public void Load_AfterTheFirst_KeepsTheFolder()
    {
        var folder = NativeBackend.Folder;

        NativeBackend.Load();

        Assert.Equal(folder, NativeBackend.Folder);
        Assert.True(folder is null || File.Exists(Path.Combine(folder, "libtorch_cpu.so")));
    }
}
