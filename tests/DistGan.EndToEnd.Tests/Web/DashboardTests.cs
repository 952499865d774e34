using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DistGan.EndToEnd.Tests.Browser;
using DistGan.EndToEnd.Tests.Clusters;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.Runs;

namespace DistGan.EndToEnd.Tests.Web;

/// <summary>The dashboard in a real browser, during a real job on a real silo and worker.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class DashboardTests : IDisposable
{
    private const string OperatorToken = "operators-token-of-the-test";
    private const string ViewerToken = "viewers-token-of-the-test";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();
    private readonly int _port = LoopbackPorts.Free();
    private readonly HeadlessBrowser _browser = new();

    public void Dispose()
    {
        _browser.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task JobPage_DuringAJob_ShowsItAndLetsAnOperatorStopAndResumeIt()
    {
        using var cluster = await StartAsync();

        _browser.Open($"http://127.0.0.1:{_port}/jobs/mine", 1280);
        await SignInAsync(ViewerToken);
        await UntilAsync("the job runs and has curves", "document.querySelector('#state')?.textContent === 'running' && document.querySelectorAll('.plot canvas').length >= 3");
        Assert.True(_browser.Evaluate<bool>("document.querySelector('#stop').disabled"));
        Assert.Equal(403L, await StatusOfAsync("/api/v1/jobs/mine/stop"));
        await UntilAsync("a picture is there", "document.querySelector('#sample').naturalWidth > 0");

        Click("#session button");
        await SignInAsync(OperatorToken);
        await UntilAsync("the operator may stop it", "document.querySelector('#stop') && !document.querySelector('#stop').disabled && !document.querySelector('#stop').hidden");
        await ConfirmAsync("#stop", "it has stopped", "document.querySelector('#state').textContent === 'interrupted' && !document.querySelector('#resume').hidden");
        AssertCurves(cluster.JobFolder("mine"));
        AssertSlider();
        Keep("job");

        await ConfirmAsync("#resume", "it runs again", "document.querySelector('#state').textContent === 'running'");
        await ConfirmAsync("#pause", "it is paused", "document.querySelector('#state').textContent === 'paused' && !document.querySelector('#resume').hidden");
        await ConfirmAsync("#resume", "it goes on", "document.querySelector('#state').textContent === 'running'");
        await UntilAsync("it says so in its events", "[...document.querySelectorAll('.events strong')].some(one => one.textContent === 'resumed')");
        await ConfirmAsync("#stop", "it has stopped again", "document.querySelector('#state').textContent === 'interrupted'");

        _browser.Open($"http://127.0.0.1:{_port}/", 390, isDark: true);
        await UntilAsync("the list has the job", "document.querySelector('td a')?.textContent === 'mine'");
        Assert.True(_browser.Evaluate<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than a phone.");
        Keep("jobs-phone");
        // What a viewer was refused is told by the browser itself.
        Assert.DoesNotContain(_browser.Complaints(), static line => !line.Contains("403", StringComparison.Ordinal) && !line.Contains("401", StringComparison.Ordinal));
    }

    /// <summary>A cluster that trains.</summary>
    private async Task<ClusterProcesses> StartAsync()
    {
        var cluster = await ClusterProcesses.StartAsync(
            _folder,
            $"DistGan:Web:Port={_port}",
            $"DistGan:Web:Users:olga:Token={OperatorToken}",
            "DistGan:Web:Users:olga:Role=operator",
            $"DistGan:Web:Users:vera:Token={ViewerToken}");
        await cluster.StartWorkerAsync();
        await SubmitAsync();
        return cluster;
    }

    /// <summary>Asks for something, says yes, and waits for what it does.</summary>
    private async Task ConfirmAsync(string button, string what, string condition)
    {
        Click(button);
        Click("#yes");
        await UntilAsync(what, condition);
    }

    private async Task SubmitAsync()
    {
        using var api = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_port}/api/v1/") };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperatorToken);
        var answer = await api.PostAsJsonAsync("jobs", new { recipe = File.ReadAllText(TinyRecipes.Ring(_folder, "budget: { steps: 1000000 }")), job = "mine", set = new[] { "evaluation.every-steps=200", "snapshots.every-steps=1000", "samples.every-steps=200" } });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task SignInAsync(string token)
    {
        await UntilAsync("the form is there", "document.querySelector('#token') !== null");
        _browser.One("#token").SendKeys(token);
        Click("form.sign-in button");
        await UntilAsync("the session is known", "document.querySelector('#session button') !== null && document.querySelector('#token') === null");
    }

    /// <summary>The values of the curves are those of the run's metrics.</summary>
    private void AssertCurves(string run)
    {
        var rounds = MetricsReader.Effective(File.ReadAllBytes(Path.Combine(run, "metrics", "r0.jsonl"))).Where(static line => line.TryGetProperty("d_loss", out _)).ToList();
        var data = JsonDocument.Parse(_browser.Evaluate<string>("JSON.stringify(document.querySelector('.plot[data-title=Losses]').chart.data)")).RootElement;
        Assert.Equal(rounds.Select(static line => line.GetProperty("step").GetInt64()), data[0].EnumerateArray().Select(static step => step.GetInt64()));
        Assert.Equal(rounds.Select(static line => line.GetProperty("d_loss").GetDouble()), data[1].EnumerateArray().Select(static value => value.GetDouble()));
        Assert.Equal(rounds.Select(static line => line.GetProperty("g_loss").GetDouble()), data[2].EnumerateArray().Select(static value => value.GetDouble()));
        Assert.StartsWith("Losses: discriminator ", _browser.One(".plot[data-title=Losses]").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    private void AssertSlider()
    {
        var before = _browser.One("#sample").GetAttribute("src");
        _browser.Run("const slider = document.querySelector('#sample-step'); slider.value = 0; slider.dispatchEvent(new Event('input'));");
        Assert.NotEqual(before, _browser.One("#sample").GetAttribute("src"));
        Assert.EndsWith("/samples/step-00000200.png", _browser.One("#sample").GetAttribute("src"), StringComparison.Ordinal);
        Assert.True(_browser.All(".film .tile").Count >= 2);
    }

    private Task<long> StatusOfAsync(string path) => Task.FromResult(_browser.EvaluateAsync<long>($"fetch('{path}', {{ method: 'POST' }}).then(answer => answer.status)"));

    private void Click(string selector) => _browser.One(selector).Click();

    /// <summary>Pictures of the pages are kept beside the results of the tests.</summary>
    private void Keep(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "../../../../../artifacts/screenshots"));
        File.WriteAllBytes(Path.Combine(folder.FullName, $"{name}.png"), _browser.Picture());
    }

    private async Task UntilAsync(string what, string condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!_browser.Evaluate<bool>($"Boolean({condition})"))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"After {Patience.TotalMinutes:0} minutes still not: {what}. The page says: {_browser.Evaluate<string>("document.body.innerText.slice(0, 2000)")}");
            await Task.Delay(100);
        }
    }
}
