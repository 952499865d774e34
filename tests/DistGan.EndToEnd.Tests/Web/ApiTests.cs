using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Clusters;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Studies;
using DistGan.EndToEnd.Tests.Train;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.Runs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Web;

/// <summary>The HTTP API of a real silo with a real worker.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class ApiTests : IDisposable
{
    private const string OperatorToken = "operators-token-of-the-test";
    private const string ViewerToken = "viewers-token-of-the-test";

    private readonly TempFolder _folder = new();
    private readonly int _port = LoopbackPorts.Free();
    private readonly HttpClient _nobody;
    private readonly HttpClient _viewer;
    private readonly HttpClient _operator;

    public ApiTests() => (_nobody, _viewer, _operator) = (ClientOf(null), ClientOf(ViewerToken), ClientOf(OperatorToken));

    public void Dispose()
    {
        _nobody.Dispose();
        _viewer.Dispose();
        _operator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Api_OfARealJob_SubmitsItAndTellsEverythingOfIt()
    {
        using var cluster = await StartAsync();
        await cluster.StartWorkerAsync();
        var text = File.ReadAllText(TinyRecipes.Ring(_folder));

        var submitted = await _operator.PostAsJsonAsync("jobs", new { recipe = text, job = "mine", priority = 3 });
        var again = await _operator.PostAsJsonAsync("jobs", new { recipe = text, job = "mine", priority = 3 });
        var job = await JsonOf(submitted, HttpStatusCode.Created);
        Assert.Equal(("distgan.job/1", "mine", "olga", 3), ((string?)job["schema"], (string?)job["job"], (string?)job["user"], (int)job["priority"]!));
        _ = await JsonOf(again, HttpStatusCode.Created);

        var items = await StreamAsync("jobs/mine/stream");
        var run = cluster.JobFolder("mine");
        await cluster.MustAsync("wait", "mine");
        AssertEvents(items, run);
        var middle = items.FindIndex(static item => item.Kind == "event" && (long)item.Data["sequence"]! == 2);
        var rest = await StreamAsync("jobs/mine/stream", items[middle].Id);
        Assert.Equal(3, rest.Where(static item => item.Kind == "event").Min(static item => (long)item.Data["sequence"]!));
        Assert.Equal("completed", (string?)rest[^1].Data["state"]);

        await AssertFilesAsync(run);
        await AssertMetricsAsync(run);
        var summary = await JsonOf(await _viewer.GetAsync("jobs/mine"));
        Assert.Equal(("completed", 60L), ((string?)summary["state"], (long)summary["steps"]!));
        Assert.Equal(["mine"], (await JsonOf(await _viewer.GetAsync("jobs")))["jobs"]!.AsArray().Select(static one => (string)one!["job"]!));
        Assert.Equal("mine", RecipeReader.Parse(await YamlOf("jobs/mine/recipe")).Name);
        Assert.Equal("cpu", (string?)(await JsonOf(await _viewer.GetAsync("workers")))["workers"]![0]!["slots"]![0]!["device"]);
        var events = await JsonOf(await _viewer.GetAsync("jobs/mine/events?after=1"));
        Assert.Equal(2, (long)events["events"]![0]!["sequence"]!);
    }

    [Fact]
    public async Task Workers_WhileAReplicaTrainsAndAfterwards_SayWhichSlotsAreTaken()
    {
        using var cluster = await StartAsync();
        await cluster.StartWorkerAsync();
        await cluster.StartWorkerAsync();
        _ = await JsonOf(await _operator.PostAsJsonAsync("jobs", new { recipe = File.ReadAllText(TinyRecipes.Ring(_folder, "budget: { steps: 100000000 }")), job = "mine" }), HttpStatusCode.Created);
        using var waiting = cluster.Start("wait", "mine");
        await waiting.UntilAsync("Snapshot of step 20.");

        var during = await TakenAsync();
        var worker = (string?)(await JsonOf(await _viewer.GetAsync("jobs/mine")))["replicas"]![0]!["worker"];
        var scaled = await cluster.MustAsync("scale", "mine", "--replicas", "1", "-o", "json");
        await cluster.MustAsync("stop", "mine");
        var end = await waiting.EndAsync();
        var after = await TakenAsync();

        Assert.Equal([true, false], during.OrderByDescending(static pair => pair.Value).Select(static pair => pair.Value));
        Assert.True(during[worker!], $"{worker} trains, and its slot is shown as free.");
        Assert.Equal([false, false], after.Values);
        Assert.True(end.ExitCode == 130, end.ToString());
        Assert.EndsWith("}\n", scaled, StringComparison.Ordinal);

        async Task<Dictionary<string, bool>> TakenAsync()
            => (await JsonOf(await _viewer.GetAsync("workers")))["workers"]!.AsArray().ToDictionary(static worker => (string)worker!["worker"]!, static worker => (bool)worker!["slots"]![0]!["taken"]!);
    }

    [Fact]
    public async Task Api_ForWhoMayNot_OrMustNot_RefusesWithASentence()
    {
        using var cluster = await StartAsync();
        var submission = JsonContent.Create(new { preset = "ring" });

        await AssertRefused(await _nobody.GetAsync("jobs"), HttpStatusCode.Unauthorized, "Sign in first");
        await AssertRefused(await ClientOf("a token that is nobody's at all").GetAsync("jobs"), HttpStatusCode.Unauthorized, "Sign in first");
        await AssertRefused(await _viewer.PostAsync("jobs", submission), HttpStatusCode.Forbidden, "Only an operator may do this.");
        await AssertRefused(await _viewer.PostAsync("jobs/x/stop", null), HttpStatusCode.Forbidden, "Only an operator may do this.");
        await AssertRefused(await _viewer.GetAsync("jobs/no-such-job"), HttpStatusCode.NotFound, "no-such-job");
        await AssertRefused(await _viewer.GetAsync("jobs/no-such-job/stream"), HttpStatusCode.NotFound, "no-such-job");
        await AssertRefused(await _operator.PostAsync("jobs/no-such-job/stop", null), HttpStatusCode.NotFound, "no-such-job");
        await AssertRefused(await _viewer.GetAsync("nothing"), HttpStatusCode.NotFound, "There is no GET /api/v1/nothing");
        await AssertRefused(await _operator.PostAsJsonAsync("jobs", new { preset = "no-such-preset" }), HttpStatusCode.BadRequest, "no-such-preset");
        await AssertRefused(await _operator.PostAsJsonAsync("jobs", new { recipe = "batch: 0\nseed: -1\n" }), HttpStatusCode.BadRequest, "batch", "seed");
        await AssertRefused(await _operator.PostAsJsonAsync("jobs", new { set = (string[])["data.folder=/photos"] }), HttpStatusCode.BadRequest, "/photos", "data.shared = true");
        await AssertRefused(await _operator.PostAsJsonAsync("jobs", new { set = (string[])["data.folder=photos", "data.shared=true"] }), HttpStatusCode.BadRequest, "full path");
        await AssertRefused(await _operator.PostAsJsonAsync("jobs", new { set = (string[])["data.folder=photos", $"data.stored={new string('a', 64)}"] }), HttpStatusCode.Conflict, "not in the cluster's store");
        await AssertRefused(await _operator.PostAsJsonAsync("jobs", new { recip = "" }), HttpStatusCode.BadRequest, "property recip, which is unknown");
        await AssertRefused(await _operator.PostAsync("jobs", new StringContent("{ \"set\": 3 }", Encoding.UTF8, "application/json")), HttpStatusCode.BadRequest, "$.set");
        await AssertRefused(await _operator.PostAsync("jobs", new StringContent("preset: ring", Encoding.UTF8, "text/plain")), HttpStatusCode.UnsupportedMediaType, "JSON");

        await AssertRefused(await _nobody.GetAsync("/orleans/DashboardCounters"), HttpStatusCode.Unauthorized, "Sign in first");
        await AssertRefused(await _viewer.GetAsync("/orleans/DashboardCounters"), HttpStatusCode.Forbidden, "Only an operator");
        Assert.True((await JsonOf(await _operator.GetAsync("/orleans/DashboardCounters"))).AsObject().Count > 0);

        using var foreign = new HttpRequestMessage(HttpMethod.Post, "jobs") { Content = JsonContent.Create(new { preset = "ring" }) };
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        await AssertRefused(await _operator.SendAsync(foreign), HttpStatusCode.Forbidden, "another site");
    }

    [Fact]
    public async Task Pause_OfAJobThatWaits_HoldsItUntilItIsResumed()
    {
        using var cluster = await StartAsync();
        _ = await JsonOf(await _operator.PostAsJsonAsync("jobs", new { preset = "ring", job = "mine" }), HttpStatusCode.Created);

        await AssertRefused(await _viewer.PostAsync("jobs/mine/pause", null), HttpStatusCode.Forbidden, "Only an operator may do this.");
        var paused = await JsonOf(await _operator.PostAsync("jobs/mine/pause", null), HttpStatusCode.Accepted);
        await AssertRefused(await _operator.PostAsync("jobs/mine/snapshot", null), HttpStatusCode.Conflict, "is paused: only replicas that train");
        await AssertRefused(await _operator.PostAsJsonAsync("jobs/mine/scale", new { replicas = 0 }), HttpStatusCode.BadRequest, "replicas = 0: must be at least 1");
        var resumed = await JsonOf(await _operator.PostAsJsonAsync("jobs/mine/resume", new { }), HttpStatusCode.Accepted);

        await AssertRefused(await _operator.PostAsJsonAsync("jobs/mine/stop", new { at_once = true }), HttpStatusCode.BadRequest, "at_once");
        await AssertRefused(await _operator.PostAsync("jobs/mine/stop", new StringContent("now", Encoding.UTF8, "text/plain")), HttpStatusCode.UnsupportedMediaType, "must be JSON");
        _ = await JsonOf(await _operator.PostAsync("jobs/mine/pause", null), HttpStatusCode.Accepted);
        var again = await JsonOf(await _operator.PostAsync("jobs/mine/resume", null), HttpStatusCode.Accepted);
        var ended = await JsonOf(await _operator.PostAsJsonAsync("jobs/mine/stop", new { now = true }), HttpStatusCode.Accepted);
        _ = await JsonOf(await _operator.PostAsync("jobs/mine/stop", null), HttpStatusCode.Accepted);

        Assert.Equal(("paused", "waiting", "waiting", "interrupted"), ((string?)paused["state"], (string?)resumed["state"], (string?)again["state"], (string?)ended["state"]));
    }

    [Fact]
    public async Task ResumeAndDelete_OfAJobThatWaits_NeedNoBody()
    {
        using var cluster = await StartAsync();
        _ = await JsonOf(await _operator.PostAsJsonAsync("jobs", new { preset = "ring", job = "mine" }), HttpStatusCode.Created);
        _ = await JsonOf(await _operator.PostAsync("jobs/mine/pause", null), HttpStatusCode.Accepted);

        var resumed = await JsonOf(await _operator.PostAsync("jobs/mine/resume", null), HttpStatusCode.Accepted);
        await AssertRefused(await _operator.PostAsync("jobs/mine/resume", new StringContent("set: []", Encoding.UTF8, "text/plain")), HttpStatusCode.UnsupportedMediaType, "text/plain", "must be JSON");
        await AssertRefused(await _operator.DeleteAsync("jobs/mine"), HttpStatusCode.Conflict, "is waiting: only one that has ended can be deleted");
        _ = await JsonOf(await _operator.PostAsync("jobs/mine/stop", null), HttpStatusCode.Accepted);
        var end = (await StreamAsync("jobs/mine/stream"))[^1];
        Assert.Equal(("waiting", "interrupted"), ((string?)resumed["state"], (string?)end.Data["state"]));
        Assert.True(File.Exists(Path.Combine(cluster.JobFolder("mine"), "recipe.yaml")));

        await AssertRefused(await _viewer.DeleteAsync("jobs/mine"), HttpStatusCode.Forbidden, "Only an operator may do this.");
        var deleted = await _operator.DeleteAsync("jobs/mine");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await AssertRefused(await _operator.DeleteAsync("jobs/mine"), HttpStatusCode.NotFound, "There is no job 'mine'");
        Assert.False(File.Exists(Path.Combine(cluster.JobFolder("mine"), "recipe.yaml")));
        Assert.Empty((await JsonOf(await _viewer.GetAsync("jobs")))["jobs"]!.AsArray());
        await AssertRefused(await _operator.DeleteAsync("jobs"), HttpStatusCode.MethodNotAllowed, "There is no DELETE /api/v1/jobs, but GET, POST");
    }

    [Fact]
    public async Task Session_SignedInByTheCookie_IsThatUserUntilSignedOut()
    {
        using var cluster = await StartAsync();
        using var browser = ClientOf(null);

        await AssertRefused(await browser.PostAsJsonAsync("session", new { token = "wrong" }), HttpStatusCode.Unauthorized, "nobody's");
        var before = await JsonOf(await browser.GetAsync("session"));
        var signedIn = await browser.PostAsJsonAsync("session", new { token = ViewerToken });
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        var during = await JsonOf(await browser.GetAsync("session"));
        var list = await browser.GetAsync("jobs");
        _ = await browser.DeleteAsync("session");

        Assert.Equal((null, null, true), ((string?)before["user"], (string?)before["role"], (bool)before["can_sign_in"]!));
        Assert.Equal(("vera", "viewer"), ((string?)during["user"], (string?)during["role"]));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("jobs")).StatusCode);
        var description = await JsonOf(await _nobody.GetAsync("openapi.json"));
        Assert.Equal(("DistGan", "bearer", "token"), ((string?)description["info"]!["title"], (string?)description["components"]!["securitySchemes"]!["token"]!["scheme"], description["security"]![0]!.AsObject().Single().Key));
        var paths = description["paths"]!.AsObject().Select(static path => path.Key);
        Assert.Contains("/api/v1/jobs/{job}/stream", paths);
    }

    [Fact]
    public async Task Studies_OfTheFolderOfTheSilo_AreShownToViewers()
    {
        var study = WrittenStudy.Write(_folder, "done");
        using var cluster = await StartAsync();

        var list = await JsonOf(await _viewer.GetAsync("studies"));
        var one = await JsonOf(await _viewer.GetAsync("studies/done"));
        var results = await JsonOf(await _viewer.GetAsync("studies/done/results"));
        var metrics = await JsonOf(await _viewer.GetAsync("studies/done/runs/hinge-s2/metrics?names=d_loss,fid"));

        Assert.Equal(("distgan.study-shelf/1", "done"), ((string?)list["schema"], (string?)list["studies"]![0]!["id"]));
        Assert.Equal(("distgan.study-state/1", 5), ((string?)one["schema"], (int)one["planned"]!));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(study["results.json"])), results));
        Assert.Equal(29.0, (double)metrics["replicas"]![0]!["values"]!["fid"]!.AsArray()[^1]!);
        Assert.True((bool)metrics["lower_is_better"]!["fid"]!);
        await AssertRefused(await _nobody.GetAsync("studies"), HttpStatusCode.Unauthorized, "Sign in first");
        await AssertRefused(await _viewer.GetAsync("studies/..%2Fstore"), HttpStatusCode.NotFound, "There is no study");
        await AssertRefused(await _viewer.GetAsync("studies/done/runs/..%2F..%2Fdone/metrics"), HttpStatusCode.NotFound, "that has begun");
        await AssertRefused(await _operator.DeleteAsync("studies/done"), HttpStatusCode.MethodNotAllowed, "but GET");
    }

    private Task<ClusterProcesses> StartAsync() => ClusterProcesses.StartAsync(
        _folder,
        $"DistGan:Web:Port={_port}",
        $"DistGan:Web:Users:olga:Token={OperatorToken}",
        "DistGan:Web:Users:olga:Role=operator",
        "DistGan:Web:OrleansDashboard=true",
        $"DistGan:Web:Studies={_folder["studies"]}",
        $"DistGan:Web:Users:vera:Token={ViewerToken}");

    private HttpClient ClientOf(string? token)
    {
        var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_port}/api/v1/") };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static void AssertEvents(List<(string Id, string Kind, JsonNode Data)> items, string run)
    {
        var events = items.Where(static item => item.Kind == "event").Select(static item => ((long)item.Data["sequence"]!, (string?)item.Data["message"])).ToList();
        var stored = File.ReadLines(Path.Combine(run, "events.jsonl")).Select(static line => JsonNode.Parse(line)!).Select(static entry => ((long)entry["sequence"]!, (string?)entry["message"]));
        Assert.Equal(stored, events);
        Assert.Equal([10L, 20L, 30L, 40L, 50L, 60L], items.Where(static item => item.Kind == "report" && item.Data["values"]!["d_loss"] is not null).Select(static item => (long)item.Data["step"]!));
        Assert.Equal("completed", (string?)items.Last(static item => item.Kind == "state").Data["state"]);
    }

    private async Task AssertFilesAsync(string run)
    {
        var listed = (await JsonOf(await _viewer.GetAsync("jobs/mine/files?prefix=samples/")))["files"]!.AsArray().Select(static name => (string)name!).ToList();
        Assert.Equal(Directory.GetFiles(Path.Combine(run, "samples")).Select(static file => $"samples/{Path.GetFileName(file)}").Order(StringComparer.Ordinal), listed);
        var picture = await _viewer.GetAsync($"jobs/mine/files/{listed[0]}");
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal(File.ReadAllBytes(Path.Combine(run, listed[0])), await picture.Content.ReadAsByteArrayAsync());
        foreach (var name in new[] { "..%2Fother%2Fsummary.json", "samples%2F..%2F..%2Fx", "no/such.png", "samples//a" })
        {
            await AssertRefused(await _viewer.GetAsync($"jobs/mine/files/{name}"), HttpStatusCode.NotFound, "file");
        }
    }

    private async Task AssertMetricsAsync(string run)
    {
        var columns = (await JsonOf(await _viewer.GetAsync("jobs/mine/metrics")))["replicas"]!.AsArray().Single()!;
        var lines = MetricsReader.Effective(File.ReadAllBytes(Path.Combine(run, "metrics", "r0.jsonl")));
        Assert.Equal(lines.Select(static line => line.GetProperty("step").GetInt64()), columns["steps"]!.AsArray().Select(static step => (long)step!));
        foreach (var (name, values) in columns["values"]!.AsObject())
        {
            Assert.Equal(lines.Select(line => line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : (double?)null), values!.AsArray().Select(static value => (double?)value));
        }

        var few = (await JsonOf(await _viewer.GetAsync("jobs/mine/metrics?names=d_loss&points=2")))["replicas"]![0]!;
        Assert.Equal("d_loss", Assert.Single(few["values"]!.AsObject()).Key);
        Assert.Equal(60, (long)few["steps"]!.AsArray()[^1]!);
        await AssertRefused(await _viewer.GetAsync("jobs/mine/metrics?names=d_loss,g_los"), HttpStatusCode.BadRequest, "there is no metric 'g_los'; did you mean 'g_loss'?");
        await AssertRefused(await _viewer.GetAsync("jobs/mine/metrics?points=few"), HttpStatusCode.BadRequest, "points = few: must be a whole number.");
        await AssertRefused(await _viewer.GetAsync("jobs/mine/metrics?replica=first"), HttpStatusCode.BadRequest, "replica = first: must be a whole number.");
        Assert.Empty((await JsonOf(await _viewer.GetAsync("jobs/mine/metrics?names=fid,class_share_7")))["replicas"]![0]!["values"]!.AsObject()); // it could have it
    }

    /// <summary>Everything that a stream of server-sent events carries until it ends.</summary>
    private async Task<List<(string Id, string Kind, JsonNode Data)>> StreamAsync(string path, string? last = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        using var answer = await _viewer.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        var items = new List<(string, string, JsonNode)>();
        var parser = System.Net.ServerSentEvents.SseParser.Create(await answer.Content.ReadAsStreamAsync(deadline.Token), static (_, bytes) => JsonNode.Parse(Encoding.UTF8.GetString(bytes))!);
        await foreach (var item in parser.EnumerateAsync(deadline.Token))
        {
            items.Add((item.EventId!, item.EventType, item.Data));
        }

        return items;
    }

    private async Task<string> YamlOf(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("application/yaml");
        return await (await _viewer.SendAsync(request)).Content.ReadAsStringAsync();
    }

    private static async Task<JsonNode> JsonOf(HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    private static async Task AssertRefused(HttpResponseMessage answer, HttpStatusCode status, params string[] parts)
    {
        var document = await JsonOf(answer, status);
        Assert.Equal("distgan.error/1", (string?)document["schema"]);
        Assert.All(parts, part => Assert.Contains(part, document["errors"]!.ToJsonString(DocumentText), StringComparison.Ordinal));
    }

    private static readonly JsonSerializerOptions DocumentText = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
