using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Packages;

/// <summary>What 'dotnet pack' makes of what is built, and the tool installed from it.</summary>
public sealed class PackageTests
{
    private static readonly string[] Libraries = ["Recipes", "Training", "Grains.Interfaces", "Grains", "Hosting", "Worker", "Silo"];

    /// <summary>One test: packing and installing take longer than everything that is looked at.</summary>
    [Fact]
    public async Task Pack_OfTheBuiltSolution_MakesLibrariesAndAToolThatRuns()
    {
        using var folder = new TempFolder();
        var version = Version();

        await MustAsync("dotnet", Root(), "pack", "DistGan.sln", "-c", Configuration(), "--no-build", "-o", folder.Path, "-v", "q");

        Assert.Equal(
            Libraries.Select(static name => $"DistGan.{name}").Append("distgan").Select(id => $"{id}.{version}.nupkg").Order(StringComparer.Ordinal),
            Directory.GetFiles(folder.Path, "*.nupkg").Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.All(Libraries, name => AssertLibrary(folder[$"DistGan.{name}.{version}.nupkg"], name));
        AssertAssets(folder[$"DistGan.Training.{version}.nupkg"]);
        Assert.InRange(new FileInfo(folder[$"distgan.{version}.nupkg"]).Length, 1e6, 100e6);

        var tool = await InstallAsync(folder, version);
        Assert.Contains("train", await MustAsync(tool, folder.Path, "--help"), StringComparison.Ordinal);
        Assert.Contains("fashion", await MustAsync(tool, folder.Path, "presets"), StringComparison.Ordinal);
        var checks = JsonNode.Parse(await MustAsync(tool, folder.Path, "doctor", "-o", "json"))!["checks"]!.AsArray();
        Assert.Contains(checks, static check => (string?)check!["name"] == "libtorch" && (string?)check["status"] == "ok");

        var without = await RunAsync(tool, folder.Path, ["doctor"], packages: folder["no-packages"]);
        Assert.Equal(1, without.ExitCode);
        Assert.Contains("fail libtorch: No libtorch in", without.Out, StringComparison.Ordinal);
        Assert.Contains("warn devices: not checked", without.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("LoadNativeBackend", without.ToString(), StringComparison.Ordinal);
    }

    private static void AssertLibrary(string package, string name)
    {
        using var archive = ZipFile.OpenRead(package);
        var files = archive.Entries.Select(static entry => entry.FullName).ToList();
        Assert.Contains($"lib/net10.0/DistGan.{name}.dll", files);
        Assert.Contains($"lib/net10.0/DistGan.{name}.xml", files);
        Assert.Contains("README.md", files);
        Assert.True(File.Exists(Path.ChangeExtension(package, "snupkg")), $"{package} has no symbols beside it.");
        using var stream = archive.GetEntry($"DistGan.{name}.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().First();
        var description = metadata.Elements().Single(static element => element.Name.LocalName == "description").Value;
        Assert.Contains("DistGan", description, StringComparison.Ordinal);
    }

    private static void AssertAssets(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        Assert.NotNull(archive.GetEntry("assets/fashion-10k/t10k-images-idx3-ubyte.gz"));
        Assert.NotNull(archive.GetEntry("buildTransitive/DistGan.Training.targets"));
    }

    /// <summary>From the packed folder alone, so that no gallery is asked.</summary>
    private static async Task<string> InstallAsync(TempFolder folder, string version)
    {
        var sources = folder.Write("nuget.config", $"<configuration><packageSources><clear /><add key=\"packed\" value=\"{folder.Path}\" /></packageSources></configuration>");
        await MustAsync("dotnet", folder.Path, "tool", "install", "distgan", "--version", version, "--tool-path", folder["tool"], "--configfile", sources);
        return folder["tool/distgan"];
    }

    private static async Task<string> MustAsync(string program, string folder, params string[] arguments)
    {
        var end = await RunAsync(program, folder, arguments);
        Assert.True(end.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {end}");
        return end.Out;
    }

    private static async Task<ProcessEnd> RunAsync(string program, string folder, string[] arguments, string? packages = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (packages is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
            start.Environment.Remove("DISTGAN_LIBTORCH");
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        return new(process.ExitCode, await output, await error);
    }

    private static string Version()
        => typeof(Client.CommandLine.Cli).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Configuration() => typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DistGan.sln")))
            {
                return folder.FullName;
            }
        }

        throw new UnreachableException($"There is no DistGan.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
