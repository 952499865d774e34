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

    private readonly TempFolder _folder = new();
    private readonly int _port = LoopbackPorts.Free();
    private readonly DashboardDriver _page;

    public DashboardTests() => _page = new(_port);

    private HeadlessBrowser Browser => _page.Browser;

    public void Dispose()
    {
        _page.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task JobPage_DuringAJob_ShowsItAndLetsAnOperatorStopAndResumeIt()
    {
        using var cluster = await StartAsync();

        _page.Open("/jobs/mine", 1280);
        await _page.SignInAsync(ViewerToken);
        await _page.UntilAsync("the job runs and has curves", "document.querySelector('#state')?.textContent === 'running' && document.querySelectorAll('.plot canvas').length >= 3");
        Assert.True(Browser.Evaluate<bool>("document.querySelector('#stop').disabled"));
        Assert.Equal(403L, await StatusOfAsync("/api/v1/jobs/mine/stop"));
        await _page.UntilAsync("two pictures are there", "document.querySelector('#sample').naturalWidth > 0 && document.querySelectorAll('.film .tile').length >= 2");

        _page.Click("#session button");
        await _page.SignInAsync(OperatorToken);
        await _page.UntilAsync("the operator may stop it", "document.querySelector('#stop') && !document.querySelector('#stop').disabled && !document.querySelector('#stop').hidden");
        await _page.ConfirmAsync("#stop", "it has stopped", "document.querySelector('#state').textContent === 'interrupted' && !document.querySelector('#resume').hidden");
        AssertCurves(cluster.JobFolder("mine"));
        AssertSlider();
        _page.Keep("job");

        await _page.ConfirmAsync("#resume", "it runs again", "document.querySelector('#state').textContent === 'running'");
        await _page.ConfirmAsync("#pause", "it is paused", "document.querySelector('#state').textContent === 'paused' && !document.querySelector('#resume').hidden");
        await _page.ConfirmAsync("#resume", "it goes on", "document.querySelector('#state').textContent === 'running'");
        await _page.UntilAsync("it says so in its events", "[...document.querySelectorAll('.events strong')].some(one => one.textContent === 'resumed')");
        await _page.ConfirmAsync("#stop", "it has stopped again", "document.querySelector('#state').textContent === 'interrupted'");
        _page.Open("/", 390, isDark: true);
        await _page.UntilAsync("the list has the job", "document.querySelector('td a')?.textContent === 'mine'");
        _page.AssertFits("The list of jobs");
        _page.Keep("jobs-phone");
        _page.Open("/jobs/mine", 1280);
        await _page.UntilAsync("it may be deleted", "document.querySelector('#delete') && !document.querySelector('#delete').disabled && !document.querySelector('#delete').hidden");
        await _page.ConfirmAsync("#delete", "it is gone", "location.pathname === '/' && document.querySelector('main').innerText.includes('no jobs yet')");
        Assert.False(File.Exists(Path.Combine(cluster.JobFolder("mine"), "recipe.yaml")));

        // What a viewer was refused is told by the browser itself.
        Assert.DoesNotContain(Browser.Complaints(), static line => !line.Contains("403", StringComparison.Ordinal) && !line.Contains("401", StringComparison.Ordinal));
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

    private async Task SubmitAsync()
    {
        using var api = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_port}/api/v1/") };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperatorToken);
        var answer = await api.PostAsJsonAsync("jobs", new { recipe = File.ReadAllText(TinyRecipes.Ring(_folder, "budget: { steps: 1000000 }")), job = "mine", set = new[] { "evaluation.every-steps=200", "snapshots.every-steps=1000", "samples.every-steps=200" } });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The values of the curves are those of the run's metrics.</summary>
    private void AssertCurves(string run)
    {
        var rounds = MetricsReader.Effective(File.ReadAllBytes(Path.Combine(run, "metrics", "r0.jsonl"))).Where(static line => line.TryGetProperty("d_loss", out _)).ToList();
        var data = JsonDocument.Parse(Browser.Evaluate<string>("JSON.stringify(document.querySelector('.plot[data-title=Losses]').chart.data)")).RootElement;
        Assert.Equal(rounds.Select(static line => line.GetProperty("step").GetInt64()), data[0].EnumerateArray().Select(static step => step.GetInt64()));
        Assert.Equal(rounds.Select(static line => line.GetProperty("d_loss").GetDouble()), data[1].EnumerateArray().Select(static value => value.GetDouble()));
        Assert.Equal(rounds.Select(static line => line.GetProperty("g_loss").GetDouble()), data[2].EnumerateArray().Select(static value => value.GetDouble()));
        Assert.StartsWith("Losses: discriminator ", Browser.One(".plot[data-title=Losses]").GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    private void AssertSlider()
    {
        var before = Browser.One("#sample").GetAttribute("src");
        Browser.Run("const slider = document.querySelector('#sample-step'); slider.value = 0; slider.dispatchEvent(new Event('input'));");
        Assert.NotEqual(before, Browser.One("#sample").GetAttribute("src"));
        Assert.EndsWith("/samples/step-00000200.png", Browser.One("#sample").GetAttribute("src"), StringComparison.Ordinal);
        Assert.True(Browser.All(".film .tile").Count >= 2);
    }

    private Task<long> StatusOfAsync(string path) => Task.FromResult(Browser.EvaluateAsync<long>($"fetch('{path}', {{ method: 'POST' }}).then(answer => answer.status)"));
}
