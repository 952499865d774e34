using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.Hosting.Clustering;

namespace DistGan.EndToEnd.Tests.Deploy;

/// <summary>No images are built here: the steps that publish are replayed in a copy of what an image build would see, and what they publish is started.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed partial class DockerfileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_AsTheDockerfileDoes_GivesAHostThatIsReady()
    {
        var steps = PublishStep.Matches(DeployFiles.Read("docker/Dockerfile").Replace("${ACCELERATOR}", "cpu", StringComparison.Ordinal));
        Assert.Equal(["Silo", "Worker", "Client"], steps.Select(static step => step.Groups["project"].Value));
        CopyContext();

        foreach (Match step in steps)
        {
            var published = await RunAsync("dotnet", step.Value["RUN dotnet ".Length..].Replace("/out/", $"{_folder["out"]}/", StringComparison.Ordinal).Split(' '), _folder["src"]);
            Assert.True(published.Code == 0, published.Said);
        }

        Assert.All(["DistGan.Silo.dll", "DistGan.Worker.dll", "distgan.dll"], static program => Assert.Contains(program, DeployFiles.Read("docker/Dockerfile"), StringComparison.Ordinal));
        Assert.True(File.Exists(_folder["out/console/distgan.dll"]));
        var (silo, health) = (LoopbackPorts.Free(), LoopbackPorts.Free());
        await using var first = await Host.StartAsync(_folder["out/silo/DistGan.Silo.dll"], health, $"DistGan:ObjectStore:Path={_folder["store"]}", $"Orleans:Endpoints:SiloPort={silo}", $"Orleans:Endpoints:GatewayPort={LoopbackPorts.Free()}");
        await using var second = await Host.StartAsync(_folder["out/worker/DistGan.Worker.dll"], LoopbackPorts.Free(), $"DistGan:ObjectStore:Path={_folder["store"]}", $"Orleans:Clustering:PrimarySilo=127.0.0.1:{silo}", "DistGan:Worker:Devices=cpu", "DistGan:Worker:Threads=1");
    }

    /// <summary>The files that git knows, less what .dockerignore leaves out.</summary>
    private void CopyContext()
    {
        string[] folders = ["Recipes", "Training", "Grains.Interfaces", "Grains", "Hosting", "Worker", "Silo", "Client"];
        foreach (var file in folders.SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(DeployFiles.Root, folder), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(DeployFiles.Root)).Where(static file => !Ignored.IsMatch(Path.GetRelativePath(DeployFiles.Root, file))))
        {
            var copy = Path.Combine(_folder["src"], Path.GetRelativePath(DeployFiles.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, IEnumerable<string> arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        using var limit = new CancellationTokenSource(Patience);
        var said = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await said + await error);
    }

    /// <summary>A published host that has said it is ready.</summary>
    private sealed class Host(Process process) : IAsyncDisposable
    {
        public static async Task<Host> StartAsync(string program, int health, params string[] settings)
        {
            var process = Process.Start(new ProcessStartInfo("dotnet", [program, $"DistGan:Health:Port={health}", .. settings]) { UseShellExecute = false })!;
            using var web = new HttpClient();
            var start = Stopwatch.GetTimestamp();
            while (!await IsReadyAsync(web, health))
            {
                Assert.True(!process.HasExited && Stopwatch.GetElapsedTime(start) < Patience, $"{program} was not ready within {Patience.TotalMinutes:0} minutes.");
                await Task.Delay(200);
            }

            return new(process);
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        private static async Task<bool> IsReadyAsync(HttpClient web, int health)
        {
            try
            {
                return (await web.GetAsync($"http://127.0.0.1:{health}/health/ready")).StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    [GeneratedRegex(@"RUN dotnet publish (?<project>\w+) -c Release -o /out/\w+[^\n]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PublishStep { get; }

    [GeneratedRegex(@"(^|/)(bin|obj|obj-[^/]*)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ignored { get; }
}
