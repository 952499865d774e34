using System.Net;
using System.Net.Sockets;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.Hosting.Clustering;

namespace DistGan.EndToEnd.Tests.Clusters;

[Collection(ExclusiveCollection.Name)]
public sealed class HostStartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("silo", "", "The silo does not start: The object store is not configured: DistGan:ObjectStore:Path is not set")]
    [InlineData("silo", "DistGan:Health:Port=x", "The silo does not start: DistGan:Health:Port is 'x', expected a port from 1 to 65535.")]
    [InlineData("worker", "DistGan:Worker:Slots=0", "The worker does not start: The worker is not configured: DistGan:Worker:Slots is '0', expected a whole number from 1 to 1024.")]
    [InlineData("worker", "DistGan:Worker:Devices=cuda:7", "expected auto, cuda, or names from cpu")]
    [InlineData("worker", "DistGan:Wroker:Slots=2", "There is no setting DistGan:Wroker:Slots; did you mean DistGan:Worker:Slots?")]
    [InlineData("silo", "DistGan:ObjectStore:Path=store DistGan:Membership:ProbeTimeout=00:02:00", "The silo does not start: The membership of the cluster is not configured: DistGan:Membership:ProbeTimeout is '00:02:00', expected a time from 00:00:01 to 00:01:00.")]
    [InlineData("worker", "DistGan:ObjectStore:Path=store DistGan:Worker:Devices=cpu DistGan:Membership:MissedProbes=none", "The worker does not start: The membership of the cluster is not configured: DistGan:Membership:MissedProbes is 'none', expected a whole number from 1 to 20.")]
    [InlineData("silo", "DistGan:ObjectStore:Path=store Orleans:Clustering:ProviderType=Nope", "Known Clustering providers: ")]
    public async Task Start_WrongConfiguration_IsRefusedWithOneSentence(string host, string setting, string sentence)
    {
        var end = await DistGanProcess.RunAsync(_folder.Path, [host, .. setting.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.True(end.ExitCode == 2, end.ToString());
        Assert.Empty(end.Out);
        Assert.Contains(sentence, Assert.Single(end.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_IsRefusedWithOneSentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var end = await DistGanProcess.RunAsync(_folder.Path, "silo", $"DistGan:ObjectStore:Path={_folder["store"]}", $"DistGan:Health:Port={port}");

        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains("another process has one of its ports", end.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SiloPort")]
    [InlineData("GatewayPort")]
    public async Task Start_PortOfAnotherSilo_IsRefusedAndNotShared(string key)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var other = key == "SiloPort" ? "GatewayPort" : "SiloPort";

        var end = await DistGanProcess.RunAsync(
            _folder.Path, "silo", $"DistGan:ObjectStore:Path={_folder["store"]}", $"Orleans:Endpoints:{key}={port}", $"Orleans:Endpoints:{other}={LoopbackPorts.Free()}");

        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains(
            $"The silo does not start: another process listens on port {port}: choose another with Orleans:Endpoints:{key}, or stop that one.",
            Assert.Single(end.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfAClusterThatIsNotThere_EndsWithThree()
    {
        var end = await DistGanProcess.RunAsync(_folder.Path, "list", "--cluster", $"localhost:{LoopbackPorts.Free()}");

        Assert.True(end.ExitCode == 3, end.ToString());
        Assert.Contains("cannot be reached", Assert.Single(end.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
