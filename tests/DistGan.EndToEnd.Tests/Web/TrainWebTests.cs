using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Studies;
using DistGan.EndToEnd.Tests.Train;
using DistGan.Hosting.Clustering;

namespace DistGan.EndToEnd.Tests.Web;

/// <summary>The dashboard of a training in one process.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class TrainWebTests : IDisposable
{
    private const int Seconds = 120;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_WithWeb_ServesTheDashboardAndItsJobUntilItEnds()
    {
        WrittenStudy.Write(_folder, "done");
        var port = LoopbackPorts.Free();
        using var train = DistGanProcess.Start(_folder.Path, "train", TinyRecipes.Ring(_folder, "budget: { steps: 1000000 }"), "--run-dir", "run", "--web", port.ToString(CultureInfo.InvariantCulture));
        await train.UntilAsync($"dashboard: http://127.0.0.1:{port}/jobs/tiny-ring", Seconds);
        using var web = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };

        var page = await web.GetStringAsync("/jobs/tiny-ring");
        using var led = new HttpRequestMessage(HttpMethod.Get, "/api/v1/jobs") { Headers = { Host = "elsewhere.example" } };
        var refused = await web.SendAsync(led);
        await train.UntilAsync("Samples of step 30.", Seconds);
        var job = JsonNode.Parse(await web.GetStringAsync("/api/v1/jobs/tiny-ring"))!;
        var picture = await web.GetAsync("/api/v1/jobs/tiny-ring/files/samples/step-00000030.png");
        var studies = JsonNode.Parse(await web.GetStringAsync("/api/v1/studies"))!;
        var stopped = await web.PostAsync("/api/v1/jobs/tiny-ring/stop", null);
        var end = await train.EndAsync(Seconds);

        Assert.Contains("<title>DistGan</title>", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("running", (string?)job["state"]);
        Assert.Equal(["done"], studies["studies"]!.AsArray().Select(static study => (string?)study!["id"]));
        Assert.Equal(HttpStatusCode.Accepted, stopped.StatusCode);
        Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal(130, end.ExitCode);
    }

    [Fact]
    public async Task Train_WebPortInUse_IsOneSentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var end = await DistGanProcess.RunAsync(_folder.Path, "train", TinyRecipes.Ring(_folder), "--run-dir", "run", "--web", port.ToString(CultureInfo.InvariantCulture));

        Assert.True(end.ExitCode == 2, end.ToString());
        Assert.Contains($"--web {port}: another process listens on that port; choose another.", end.Error, StringComparison.Ordinal);
    }
}
