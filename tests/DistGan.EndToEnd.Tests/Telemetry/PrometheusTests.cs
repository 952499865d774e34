using System.Diagnostics;
using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Clusters;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;
using DistGan.TestSupport;

namespace DistGan.EndToEnd.Tests.Telemetry;

/// <summary>A real Prometheus reads a real silo and worker while a job trains.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class PrometheusTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Deploy = Path.Combine(AppContext.BaseDirectory, "../../../../../deploy");

    /// <summary>Queries that have nothing to show of a job without replicas that wait, or whose value may be 0.</summary>
    private static readonly HashSet<string> MayBeZero = new(StringComparer.Ordinal) { "Replicas that wait for a slot", "Slots", "Scores", "Accuracy of the discriminator" };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scrape_DuringAJob_EveryPanelAndAlertHasValues()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        await cluster.StartWorkerAsync();
        await using var prometheus = await PrometheusServer.StartAsync(Path.Combine(Deploy, "prometheus"), cluster.HealthEndpoints);
        await cluster.MustAsync("submit", TinyRecipes.Ring(_folder, "budget: { steps: 1000000 }"), "--detach", "--set", "evaluation.every-steps=500", "--set", "snapshots.every-steps=500");

        foreach (var (title, expression) in Panels())
        {
            var values = await UntilAsync(title, () => prometheus.QueryAsync(expression), found => found.Count > 0 && found.All(double.IsFinite) && (MayBeZero.Contains(title) || found.Any(static value => value != 0)));
            Assert.NotEmpty(values);
        }

        // What a person chooses a job by, and what an alert's text names it by.
        Assert.Equal(["tiny-ring"], await prometheus.LabelsAsync("distgan_steps_total", "job"));
        Assert.Equal([""], await prometheus.LabelsAsync("{__name__=~\"distgan_.+\"}", "exported_job"));

        // An alert's expression without its comparison has values, so it can fire; and none of them fires here.
        foreach (var (alert, left) in Alerts())
        {
            _ = await UntilAsync(alert, () => prometheus.QueryAsync(left), static found => found.Count > 0);
        }

        Assert.Empty(await prometheus.QueryAsync("ALERTS{alertstate=\"firing\"}"));
        Assert.Equal(2, (await prometheus.QueryAsync("up == 1")).Count);
        await cluster.MustAsync("stop", "tiny-ring");
        await cluster.RunAsync("wait", "tiny-ring");
        _ = await UntilAsync("the series of a job that has ended are gone", () => prometheus.LabelsAsync("{job=\"tiny-ring\"}", "__name__"), static found => found.Count == 0);
    }

    [Fact]
    public async Task Files_OfPrometheus_AreRight()
    {
        Assert.Null(await PrometheusServer.CheckAsync("check", "rules", Path.Combine(Deploy, "prometheus/alerts.yml")));
        Assert.Null(await PrometheusServer.CheckAsync("check", "config", Path.Combine(Deploy, "prometheus/prometheus.yml")));
        var ofCompose = _folder.Write("prometheus.yml", await File.ReadAllTextAsync(Path.Combine(Deploy, "docker/prometheus.yml")));
        _folder.Write("alerts.yml", await File.ReadAllTextAsync(Path.Combine(Deploy, "prometheus/alerts.yml")));
        Assert.Null(await PrometheusServer.CheckAsync("check", "config", ofCompose));
    }

    [Fact]
    public async Task Alerts_OfReplicasThatTrainEndPauseOrStall_WakeForTheOneThatStalls()
        => Assert.Null(await PrometheusServer.CheckAsync("test", "rules", Path.Combine(Deploy, "../tests/DistGan.EndToEnd.Tests/Telemetry/alerts.test.yml")));

    private static IEnumerable<(string Title, string Expression)> Panels()
        => JsonNode.Parse(File.ReadAllText(Path.Combine(Deploy, "grafana/dashboards/distgan.json")))!["panels"]!.AsArray()
            .SelectMany(static panel => panel!["targets"]!.AsArray().Select(target => ((string)panel["title"]!, ((string)target!["expr"]!).Replace("$job", "tiny-ring", StringComparison.Ordinal))));

    private static IEnumerable<(string Alert, string Left)> Alerts()
    {
        var name = "";
        foreach (var line in File.ReadLines(Path.Combine(Deploy, "prometheus/alerts.yml")).Select(static line => line.Trim()))
        {
            if (line.StartsWith("- alert: ", StringComparison.Ordinal))
            {
                name = line["- alert: ".Length..];
            }
            else if (line.StartsWith("expr: ", StringComparison.Ordinal))
            {
                var words = line["expr: ".Length..].Split([" == ", " > ", " < "], StringSplitOptions.None);
                yield return (name, words[0]);
            }
        }
    }

    private static async Task<T> UntilAsync<T>(string what, Func<Task<T>> ask, Func<T, bool> isRight)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (isRight(answer))
            {
                return answer;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"After {Patience.TotalMinutes:0} minutes still not: {what}; the last answer was {(answer is IReadOnlyList<double> values ? $"[{string.Join(", ", values)}]" : answer)}.");
            await Task.Delay(200);
        }
    }
}
