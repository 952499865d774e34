using System.Diagnostics;
using System.Net.Http.Json;
using DistGan.EndToEnd.Tests.Clusters;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;
using DistGan.Hosting.Clustering;

namespace DistGan.EndToEnd.Tests.Telemetry;

/// <summary>What a collector gets of a job.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class TraceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();
    private readonly CollectorStub _collector = new();

    public void Dispose()
    {
        _collector.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Submit_ByHttp_IsOneTraceThroughCoordinatorTrainerRoundAndStore()
    {
        var port = LoopbackPorts.Free();
        string[] telemetry = [$"OTEL_EXPORTER_OTLP_ENDPOINT={_collector.Endpoint}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_BSP_SCHEDULE_DELAY=200", "OTEL_METRIC_EXPORT_INTERVAL=500"];
        using var cluster = await ClusterProcesses.StartAsync(_folder, [$"DistGan:Web:Port={port}", .. telemetry]);
        cluster.Further = telemetry;
        await cluster.StartWorkerAsync();
        using var api = new HttpClient();

        var answer = await api.PostAsJsonAsync($"http://127.0.0.1:{port}/api/v1/jobs", new { recipe = File.ReadAllText(TinyRecipes.Ring(_folder)) });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());

        var append = await UntilAsync("a write to the store within a round", () => _collector.Spans.FirstOrDefault(span => span.Name == "store append" && Ancestors(span).ToList() is [.., { Parent: "" }] above && above.Exists(static one => one.Name == "round")));
        var way = Ancestors(append).Prepend(append).ToList();
        Assert.All(way, span => Assert.Equal(append.Trace, span.Trace));
        Assert.Equal(["distgan-worker", "distgan-silo"], way.Select(static span => span.Service).Distinct());
        Assert.Contains(way, static span => span.Service == "distgan-silo" && span.Name == "start replica");
        Assert.StartsWith("POST", way[^1].Name, StringComparison.Ordinal);
        Assert.Equal("", way[^1].Parent);
        _ = await UntilAsync("a snapshot in the same trace", () => _collector.Spans.FirstOrDefault(span => span.Name == "snapshot" && span.Trace == append.Trace));
        _ = await UntilAsync("metrics and logs", () => _collector.Requests("/v1/metrics") > 0 && _collector.Requests("/v1/logs") > 0 ? "both" : null);
    }

    /// <summary>The spans above one, the nearest first, as far as they have come.</summary>
    private IEnumerable<SpanReader.Span> Ancestors(SpanReader.Span span)
    {
        var all = _collector.Spans.GroupBy(static one => one.Id).ToDictionary(static group => group.Key, static group => group.First());
        while (span.Parent.Length > 0 && all.TryGetValue(span.Parent, out var parent))
        {
            yield return parent;
            span = parent;
        }
    }

    private async Task<T> UntilAsync<T>(string what, Func<T?> look)
        where T : class
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (look() is { } found)
            {
                return found;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"After {Patience.TotalMinutes:0} minutes still not: {what}. There are: {string.Join(", ", _collector.Spans.Select(static span => $"{span.Service}:{span.Name}").Distinct())}.");
            await Task.Delay(100);
        }
    }
}
