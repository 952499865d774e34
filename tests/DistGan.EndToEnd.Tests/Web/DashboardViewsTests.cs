using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Browser;
using DistGan.EndToEnd.Tests.Clusters;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Studies;
using DistGan.EndToEnd.Tests.Train;
using DistGan.Hosting.Clustering;

namespace DistGan.EndToEnd.Tests.Web;

/// <summary>Topology, comparison and studies in a real browser: they show what the cluster and the files say.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class DashboardViewsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly int _port = LoopbackPorts.Free();
    private readonly HttpClient _api;
    private readonly DashboardDriver _page;

    public DashboardViewsTests() => (_page, _api) = (new(_port), new() { BaseAddress = new($"http://127.0.0.1:{_port}/api/v1/") });

    private HeadlessBrowser Browser => _page.Browser;

    public void Dispose()
    {
        _page.Dispose();
        _api.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Views_OfTwoJobsAndAStudy_ShowWhatTheClusterAndTheFilesSay()
    {
        var study = WrittenStudy.Write(_folder, "done");
        using var cluster = await ClusterProcesses.StartAsync(_folder, $"DistGan:Web:Port={_port}", $"DistGan:Web:Studies={_folder["studies"]}");
        await cluster.StartWorkerAsync();
        await cluster.StartWorkerAsync();

        await SubmitAsync("pair", "budget.steps=1000000", "topology.replicas=2", "topology.kind=averaging");
        await AssertTopologyAsync();
        await cluster.MustAsync("stop", "pair");
        await SubmitAsync("solo", "budget.steps=200", "objective=hinge");
        await cluster.MustAsync("wait", "solo");
        await AssertComparisonAsync();
        AssertRules();
        await AssertStudyAsync(JsonNode.Parse(File.ReadAllText(study["results.json"]))!);
        foreach (var (path, there) in new[]
        {
            ("/", "td a"), ("/jobs/pair", ".topology .node"), ("/compare?jobs=pair,solo", "#pictures img"), ("/studies", "td a"), ("/studies/done", "#results data"), ("/workers", ".slot"), ("/api", "td code"),
        })
        {
            _page.Open(path, 390, isDark: true);
            await _page.UntilAsync($"{path} is there", $"document.querySelector('{there}') !== null");
            _page.AssertFits(path);
            _page.Keep($"phone{path.Split('?')[0].Replace('/', '-')}");
        }

        Assert.Empty(Browser.Complaints());
    }

    private async Task AssertTopologyAsync()
    {
        _page.Open("/jobs/pair", 1280);
        await _page.UntilAsync("both replicas report", "document.querySelectorAll('.topology .node.running').length === 2 && [...document.querySelectorAll('.topology .rate')].every(one => one.textContent.includes('img/s'))");
        var told = (await JobAsync("pair"))["replicas"]!.AsArray().Select(static one => ((int)one!["replica"]!, (string?)one["worker"])).ToList();
        var drawn = Browser.All(".topology .node").Select(static node => (int.Parse(node.GetAttribute("data-replica")!, CultureInfo.InvariantCulture), node.GetAttribute("data-worker"))).ToList();
        Assert.Equal(told, drawn);
        Assert.Equal(2, drawn.Select(static one => one.Item2).Distinct().Count());
        Assert.Equal(2, Browser.All("#replicas tbody tr").Count);
        Assert.Equal((2, 2), (Browser.All(".topology .edge.merge").Count, Browser.All(".topology .edge.replay").Count));
        Assert.Matches("^Replica 0(, the best one)?: running, step .* on .*, epoch 1", Browser.One(".topology .node").GetAttribute("aria-label"));
        Assert.Equal("1", Browser.Evaluate<string>("(document.querySelector('.node').focus(), document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true })), document.activeElement.dataset.replica)"));
        var before = Browser.Evaluate<string>("document.activeElement.getAttribute('aria-label')");
        await _page.UntilAsync("it goes on, and the node that is looked at stays", $"document.activeElement.dataset.replica === '1' && document.activeElement.getAttribute('aria-label') !== {JsonValue.Create(before).ToJsonString()}");
        Assert.Equal((2, 2), (Browser.All("#replay .scroll tbody tr").Count, Browser.All("#balance .scroll tbody tr").Count));
        await _page.UntilAsync("replay and balance have their curves", "document.querySelectorAll('#replay canvas').length >= 2 && document.querySelector('#balance canvas') !== null");
        await _page.UntilAsync("a score is there", "document.querySelector('#replicas').innerText.includes('Modes')");
        _page.Keep("topology");
    }

    private async Task AssertComparisonAsync()
    {
        _page.Open("/", 1280);
        await _page.UntilAsync("both jobs are there", "document.querySelectorAll('td input').length === 2");
        Assert.True(Browser.Evaluate<bool>("document.querySelector('#compare').disabled"));
        Browser.Run("document.querySelectorAll('td input').forEach(one => one.click()); document.querySelector('#compare').click();");
        await _page.UntilAsync("the comparison has curves and pictures", "location.pathname === '/compare' && document.querySelector('.plot canvas') && [...document.querySelectorAll('#pictures img')].filter(one => one.naturalWidth > 0).length === 2");
        foreach (var job in (string[])["pair", "solo"])
        {
            var scores = (await JobAsync(job))["scores"]!.AsObject();
            Assert.NotEmpty(scores);
            Assert.All(scores, score => Assert.Equal((double)score.Value!, ValueOf($"#scores data[data-run={job}][data-score={score.Key}]")));
        }

        var modes = new[] { ValueOf("#scores data[data-run=pair][data-score=modes]"), ValueOf("#scores data[data-run=solo][data-score=modes]") };
        var best = Browser.All("#scores .best data[data-score=modes]").Select(static one => double.Parse(one.GetAttribute("value")!, CultureInfo.InvariantCulture));
        Assert.Equal(modes[0] == modes[1] ? [] : [modes.Max()], best);
        var keys = Browser.All("#differences code").Select(static key => key.Text).ToList();
        Assert.Contains("topology.replicas", keys);
        Assert.Contains(keys, static key => key.StartsWith("objective", StringComparison.Ordinal));
        Assert.DoesNotContain(keys, static key => key is "name" or "batch");
        Browser.Run("const metric = document.querySelector('#metric'); metric.value = 'Losses'; metric.dispatchEvent(new Event('change'));");
        Assert.Equal(["Losses"], Browser.All(".plot").Select(static plot => plot.GetAttribute("data-title")));
        Assert.Contains("solo discriminator", Browser.One(".plot").GetAttribute("aria-label"), StringComparison.Ordinal);
        _page.Keep("compare");
    }

    /// <summary>What is drawn of topologies that this cluster does not run, and which value of several is marked.</summary>
    private void AssertRules()
    {
        Assert.Equal(
            "independent:0 independent+replay:3 averaging+replay:6 gossip:3 gossip of ten:10 population:1>2 multi-discriminator:0>1 0>2 0-1 1-2 2-0 without swaps:0>1 0>2",
            Browser.EvaluateAsync<string>("""
            import('/assets/edges.js').then(({ edgesOf }) => {
              const of = (topology, replicas, techniques, events = []) => edgesOf({ topology: { 'swap-passes': 1, ...topology }, techniques }, Array.from({ length: replicas }, (_, replica) => ({ replica })), events);
              const words = edges => edges.map(edge => `${edge.from}${edge.isDirected ? '>' : '-'}${edge.to}`).join(' ');
              const replay = { 'experience-replay': { mode: 'parallel' } };
              const taken = [{ kind: 'exploited', replica: 2, data: { donor: 0 } }, { kind: 'exploited', replica: 2, data: { donor: 1 } }, { kind: 'exploited', replica: 7, data: { donor: 0 } }];
              return [
                `independent:${of({ kind: 'independent' }, 3, {}).length}`, `independent+replay:${of({ kind: 'independent' }, 3, replay).length}`, `averaging+replay:${of({ kind: 'averaging' }, 3, replay).length}`,
                `gossip:${of({ kind: 'gossip' }, 3, {}).length}`, `gossip of ten:${of({ kind: 'gossip' }, 10, {}).length}`, `population:${words(of({ kind: 'population' }, 3, {}, taken))}`,
                `multi-discriminator:${words(of({ kind: 'multi-discriminator' }, 3, {}))}`, `without swaps:${words(of({ kind: 'multi-discriminator', 'swap-passes': 0 }, 3, {}))}`,
              ].join(' ');
            })
            """));
        Assert.Equal("8 1 null null", Browser.EvaluateAsync<string>("import('/assets/differences.js').then(({ bestOf }) => [bestOf([3, 8, undefined], false), bestOf([3, 1], true), bestOf([2, 2], true), bestOf([5], true)].map(String).join(' '))"));
        Assert.Equal("a.b: 1, - and 2; c: [1, 2], [1, 3] and [1, 2]", Browser.EvaluateAsync<string>("import('/assets/differences.js').then(({ differences }) => differences([{ a: { b: 1 }, c: [1, 2], d: 0 }, { c: [1, 3], d: 0 }, { a: { b: 2 }, c: [1, 2], d: 0 }]).map(row => `${row.key}: ${row.values[0]}, ${row.values[1] ?? '-'} and ${row.values[2]}`).join('; '))"));
    }

    private async Task AssertStudyAsync(JsonNode results)
    {
        _page.Open("/studies", 1280);
        await _page.UntilAsync("the study is there", "document.querySelector('td a')?.textContent === 'done'");
        Assert.Contains("4 of 5", Browser.One("tbody tr").Text, StringComparison.Ordinal);
        _page.Click("td a");
        await _page.UntilAsync("its curves are there", "document.querySelector('.plot canvas') !== null");
        foreach (var configuration in results["configurations"]!.AsArray())
        {
            foreach (var (score, value) in configuration!["scores"]!.AsObject())
            {
                Assert.Equal((double)value!["final"]!["mean"]!, ValueOf($"#results data[data-configuration={(string)configuration["name"]!}][data-score={score}]"));
            }
        }

        Assert.Equal("25 ± 5.657 ▲ better", Browser.Evaluate<string>("document.querySelector('#results data[data-configuration=hinge]').textContent"));
        Assert.Equal("55 ± 7.071", Browser.Evaluate<string>("document.querySelector('#results data[data-configuration=plain]').textContent"));
        _page.Keep("study");
    }

    private double ValueOf(string selector) => double.Parse(Browser.One(selector).GetAttribute("value")!, CultureInfo.InvariantCulture);

    private async Task<JsonNode> JobAsync(string job) => JsonNode.Parse(await _api.GetStringAsync($"jobs/{job}"))!;

    private async Task SubmitAsync(string job, params string[] set)
    {
        string[] often = ["evaluation.every-steps=100", "snapshots.every-steps=1000", "samples.every-steps=100", "evaluation.samples=256"];
        var answer = await _api.PostAsJsonAsync("jobs", new { recipe = File.ReadAllText(TinyRecipes.Ring(_folder)), job, set = (string[])[.. often, .. set] });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
