using System.Globalization;
using DistGan.Bench.Measuring;
using DistGan.Hosting.Clustering;
using DistGan.Recipes;

namespace DistGan.Bench.Clusters;

/// <summary>What those cost who look at a job: processor time of silo and worker with no watcher and with fifty, each on a stream of its own, beside a trainer with steps of a fixed time.</summary>
internal static class WatchersCommand
{
    private const int Watchers = 50;
    private const double StepMilliseconds = 20;
    private const int RoundSteps = 50;
    private const double Aim = 5;

    public static int Run(string[] arguments)
    {
        var options = BenchOptions.Read(arguments, new BenchOptions { Pairs = 5, Steps = 20 });
        var (alone, watched, messages) = RunAsync(options).GetAwaiter().GetResult();
        Series[] series = [new("nobody watches", "% of a core", alone), new($"{Watchers} watchers", "% of a core", watched), new("the watchers", "% of a core", [.. watched.Zip(alone, static (a, b) => a - b)])];
        var setting = string.Create(CultureInfo.InvariantCulture, $"a replica that computes nothing, steps of {StepMilliseconds:0} ms, rounds of {RoundSteps}, so a report a second; processor time of silo and worker together, {options.Pairs} times {options.Steps} s each, in turns");
        new BenchReport("watchers", setting, Machine.Describe(options), series, [string.Create(CultureInfo.InvariantCulture, $"each watcher heard {messages:F1} messages a second")]).Print(options.Json);
        Console.Error.WriteLine(series[2].Median <= Aim ? $"no more than {Aim:0} % of a core" : $"MORE than {Aim:0} % of a core");
        return series[2].Median <= Aim ? 0 : 1;
    }

    private static async Task<(IReadOnlyList<double> Alone, IReadOnlyList<double> Watched, double Messages)> RunAsync(BenchOptions options)
    {
        var port = LoopbackPorts.Free();
        using var rig = new Rig($"DistGan:Web:Port={port}");
        var worker = rig.StartWorker(new NullSettings(TimeSpan.FromMilliseconds(StepMilliseconds), 0, 0), 1);
        await using var connection = await rig.ConnectAsync();
        var job = await Rig.SubmitAsync(connection.Jobs, Recipe());
        await Rig.ReachAsync(connection.Jobs, job, 4 * RoundSteps);
        var (alone, watched, heard) = (new List<double>(), new List<double>(), 0L);
        for (var turn = 0; turn <= options.Pairs; turn++)
        {
            var without = await LoadAsync();
            using var stop = new CancellationTokenSource();
            var lines = new long[Watchers];
            var watchers = Enumerable.Range(0, Watchers).Select(index => WatchAsync(new Uri($"http://127.0.0.1:{port}/api/v1/jobs/{job}/stream"), () => lines[index]++, stop.Token)).ToList();
            await Task.Delay(TimeSpan.FromSeconds(3), CancellationToken.None); // what there was before has been sent
            var before = lines.Sum();
            var with = await LoadAsync();
            var messages = lines.Sum() - before;
            await stop.CancelAsync();
            await Task.WhenAll(watchers);
            if (turn > 0)
            {
                // The first turn is that of the compiler.
                alone.Add(without);
                watched.Add(with);
                heard += messages;
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"turn {turn} of {options.Pairs}: {without:F2} % alone, {with:F2} % watched"));
            }
        }

        return (alone, watched, heard / (double)(Watchers * options.Pairs * options.Steps));

        async Task<double> LoadAsync()
        {
            var before = rig.Silo.ProcessorSeconds + worker.ProcessorSeconds;
            await Task.Delay(TimeSpan.FromSeconds(options.Steps));
            return (rig.Silo.ProcessorSeconds + worker.ProcessorSeconds - before) * 100 / options.Steps;
        }
    }

    private static async Task WatchAsync(Uri stream, Action heard, CancellationToken cancellationToken)
    {
        using var web = new HttpClient();
        try
        {
            await using var body = await web.GetStreamAsync(stream, cancellationToken);
            using var reader = new StreamReader(body);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.StartsWith("data:", StringComparison.Ordinal))
                {
                    heard();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It was asked to stop.
        }
    }

    private static Recipe Recipe() => new()
    {
        Name = "watched",
        Threads = 1,
        Topology = new() { RoundSteps = RoundSteps },
        Techniques = new(),
        Budget = new() { Steps = 1_000_000 },
        Evaluation = null,
        Samples = new() { EverySteps = 1_000_000 },
        Snapshots = new() { EverySteps = 1_000_000 },
    };
}
