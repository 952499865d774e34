using System.Diagnostics;
using System.Globalization;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.Health;
using DistGan.Hosting.Storage;
using DistGan.Hosting.Telemetry;
using DistGan.Recipes;
using DistGan.Worker.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace DistGan.Worker.Tests.Telemetry;

/// <summary>What a process shows of its replicas at /metrics, through the exporter that it has in a cluster.</summary>
public sealed class ReplicaTelemetryTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("distgan-telemetry-");
    private readonly JobId _job = new($"job-{Guid.NewGuid():n}");
    private readonly HttpClient _web = new();
    private IHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        var port = LoopbackPorts.Free();
        var builder = Host.CreateApplicationBuilder([$"DistGan:ObjectStore:Path={_store.FullName}", $"DistGan:Health:Port={port}"]);
        builder.Services.AddHealthEndpoints(builder.Configuration);
        builder.Services.AddObjectStore(builder.Configuration);
        builder.AddTelemetry("worker");
        _host = builder.Build();
        _web.BaseAddress = new($"http://127.0.0.1:{port}");
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _web.Dispose();
        _store.Delete(recursive: true);
    }

    [Fact]
    public async Task Take_FirstReportAfterAStart_CountsFromTheStart()
    {
        using var fresh = new ReplicaTelemetry(new(_job, 0));
        using var resumed = new ReplicaTelemetry(new(_job, 1));
        fresh.StartAt(0, 0, 0);
        resumed.StartAt(5000, 320_000, 60);

        _ = await UntilAsync("both counters begin at 0", shown => Of(shown, "distgan_steps_total", 0) == 0 && Of(shown, "distgan_steps_total", 1) == 0);
        fresh.Take(Report(200, 12_800, 2));
        fresh.Take(Report(400, 25_600, 5));
        resumed.Take(Report(5200, 332_800, 64));

        var shown = await UntilAsync("what was reported", shown => Of(shown, "distgan_steps_total", 1) == 200);
        Assert.Equal((400, 25_600), (Of(shown, "distgan_steps_total", 0), Of(shown, "distgan_images_total", 0)));
        Assert.Equal(12_800, Of(shown, "distgan_images_total", 1));
        Assert.Equal((2, 5), (Of(shown, "distgan_round_duration_seconds_count", 0), Of(shown, "distgan_round_duration_seconds_sum", 0)));
        Assert.Equal((1, 4), (Of(shown, "distgan_round_duration_seconds_count", 1), Of(shown, "distgan_round_duration_seconds_sum", 1)));
    }

    [Fact]
    public async Task StartAt_AfterARollback_CountersGoOnRising()
    {
        using var telemetry = new ReplicaTelemetry(new(_job, 0));
        telemetry.StartAt(0, 0, 0);
        telemetry.Take(Report(300, 3000, 3));

        telemetry.StartAt(100, 1000, 4);
        telemetry.Take(Report(200, 2000, 5));
        telemetry.Take(Report(200, 2000, 5));

        var shown = await UntilAsync("what was reported", shown => Of(shown, "distgan_steps_total", 0) > 0);
        Assert.Equal((400, 4000), (Of(shown, "distgan_steps_total", 0), Of(shown, "distgan_images_total", 0)));
    }

    [Fact]
    public async Task Dispose_EverySeriesOfTheReplica_IsGone()
    {
        using var stays = new ReplicaTelemetry(new(_job, 1));
        using (var ends = new ReplicaTelemetry(new(_job, 0)))
        {
            foreach (var one in (ReplicaTelemetry[])[ends, stays])
            {
                one.Take(Report(200, 2000, 2));
                one.TakeSnapshot(TimeSpan.FromSeconds(1), 1_000_000);
            }

            var shown = await UntilAsync("all of both", shown => Of(shown, "distgan_loss", 0) is not null && Of(shown, "distgan_loss", 1) is not null);
            string[] names = ["distgan_steps_total", "distgan_images_total", "distgan_round_duration_seconds_count", "distgan_snapshot_duration_seconds_count", "distgan_snapshot_size_bytes_count"];
            Assert.All(names, name => Assert.NotNull(Of(shown, name, 0)));
        }

        var after = await UntilAsync("nothing of the one that has ended", shown => !shown.Exists(line => IsOf(line, 0)));
        Assert.Equal(200, Of(after, "distgan_steps_total", 1));
        Assert.Equal(1, Of(after, "distgan_snapshot_size_bytes_count", 1));
    }

    [Fact]
    public async Task Start_OfAReplicaWhoseFormerOwnerStillEnds_ShowsTheNewOneAlone()
    {
        using var former = new ReplicaTelemetry(new(_job, 0));
        former.Take(Report(900, 9000, 9));
        using var now = new ReplicaTelemetry(new(_job, 0));
        now.Take(Report(200, 2000, 2));
        var shown = await UntilAsync("a series", shown => Of(shown, "distgan_steps_total", 0) is not null);
        Assert.Equal(200, Of(shown, "distgan_steps_total", 0));

        former.Dispose();
        foreach (var step in (long[])[400, 600])
        {
            now.Take(Report(step, 10 * step, step));
            shown = await UntilAsync("a series that goes on", shown => Of(shown, "distgan_steps_total", 0) == step);
            Assert.Single(shown, line => line.StartsWith("distgan_steps_total{", StringComparison.Ordinal) && IsOf(line, 0));
        }
    }

    [Fact]
    public async Task Start_AfterMoreReplicasThanAStreamHasSeries_EachIsShown()
    {
        // A stream of the SDK has 2000 series, of all that it has ever shown.
        const int Batches = 11;
        const int InBatch = 100;
        for (var batch = 0; batch < Batches; batch++)
        {
            var live = Enumerable.Range(batch * InBatch, InBatch).Select(ordinal => new ReplicaTelemetry(new(_job, ordinal))).ToList();
            live.ForEach(static one => one.Take(Report(200, 2000, 2)));

            var shown = await UntilAsync("each of them", shown => live.Select((_, i) => Of(shown, "distgan_steps_total", (batch * InBatch) + i)).All(static steps => steps == 200));

            Assert.Equal(2 * InBatch, shown.Count(line => line.StartsWith("distgan_loss{", StringComparison.Ordinal) && line.Contains(_job.Value, StringComparison.Ordinal)));
            Assert.DoesNotContain(shown, static line => line.Contains("overflow", StringComparison.Ordinal));
            live.ForEach(static one => one.Dispose());
        }
    }

    private static ReplicaProgress Report(long step, long images, double seconds) => new()
    {
        Replica = 0,
        Epoch = 1,
        Step = step,
        Images = images,
        Seconds = seconds,
        Values = new Dictionary<string, double> { [MetricNames.DiscriminatorLoss] = 0.5, [MetricNames.GeneratorLoss] = 0.7 },
    };

    /// <summary>The value of the one series of a replica; null where it is not shown.</summary>
    private double? Of(List<string> shown, string name, int replica)
        => shown.Find(line => line.StartsWith($"{name}{{", StringComparison.Ordinal) && IsOf(line, replica)) is { } line
            ? double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture)
            : null;

    private bool IsOf(string line, int replica)
        => line.Contains($"job=\"{_job.Value}\"", StringComparison.Ordinal) && line.Contains($"replica=\"{replica}\"", StringComparison.Ordinal);

    /// <summary>Asks until the answer is as expected: the exporter gives the same one for a moment.</summary>
    private async Task<List<string>> UntilAsync(string what, Predicate<List<string>> isRight)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var shown = (await _web.GetStringAsync("/metrics")).Split('\n').Where(static line => !line.StartsWith('#')).ToList();
            if (isRight(shown))
            {
                return shown;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"/metrics does not show {what}, but: {string.Join('\n', shown.Where(line => line.Contains(_job.Value, StringComparison.Ordinal)))}");
            await Task.Delay(50);
        }
    }
}
