using DistGan.EndToEnd.Tests.Browser;
using DistGan.EndToEnd.Tests.Clusters;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.Hosting.Clustering;

namespace DistGan.EndToEnd.Tests.Web;

/// <summary>What somebody submits in a real browser, and what the pages say while the silo is gone.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class DashboardFormTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly int _port = LoopbackPorts.Free();
    private readonly DashboardDriver _page;

    public DashboardFormTests() => _page = new(_port);

    private HeadlessBrowser Browser => _page.Browser;

    public void Dispose()
    {
        _page.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Dashboard_FormsAndALostSilo_SubmitsAndSaysWhatIsOld()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder, $"DistGan:Web:Port={_port}");

        await SubmitAsync("set('#preset', 'grid'); set('#job', 'of-a-preset'); set('#set', 'budget.steps=77 batch=32')", "of-a-preset");
        Assert.Contains("of 77", Browser.One("#facts").Text, StringComparison.Ordinal);
        Assert.Contains("batch: 32", Browser.EvaluateAsync<string>("fetch('/api/v1/jobs/of-a-preset/recipe', { headers: { Accept: 'application/yaml' } }).then(answer => answer.text())"), StringComparison.Ordinal);
        await SubmitAsync("set('#preset', ''); set('#recipe', document.querySelector('#recipe').placeholder)", "mine");
        Assert.Contains("of 2,000", Browser.One("#facts").Text, StringComparison.Ordinal);

        foreach (var page in (string[])["/jobs/mine", "/", "/workers"])
        {
            _page.Open(page, 1280);
            await _page.UntilAsync("the page is there", "document.querySelector('h1') !== null");
            Assert.False(Browser.One("#connection").Displayed);
            cluster.Silo.Signal(DistGanProcess.Kill);
            await _page.UntilAsync("it says that nobody answers", "document.querySelector('#connection').innerText.includes('does not answer since')");
            await cluster.Silo.EndAsync();
            await cluster.RestartSiloAsync($"DistGan:Web:Port={_port}");
            await _page.UntilAsync("it is answered again", "document.querySelector('#connection').hidden");
        }
    }

    private async Task SubmitAsync(string form, string job)
    {
        _page.Open("/", 1280);
        await _page.UntilAsync("there is a form", "document.querySelector('#preset option') !== null");
        Browser.Run($$"""
            const set = (selector, value) => { const field = document.querySelector(selector); field.value = value; field.dispatchEvent(new Event('change')); };
            document.querySelector('details').open = true;
            {{form}};
            """);
        Assert.Equal(form.Contains("#recipe", StringComparison.Ordinal), Browser.One("#recipe").Displayed);
        _page.Click("form button");
        await _page.UntilAsync("the page of the job is there", $"location.pathname === '/jobs/{job}' && document.querySelector('#facts') !== null");
    }
}
