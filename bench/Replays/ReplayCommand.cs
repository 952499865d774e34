using System.Globalization;
using DistGan.Bench.Jobs;
using DistGan.Bench.Measuring;
using DistGan.Hosting.Clustering;

namespace DistGan.Bench.Replays;

/// <summary>
/// The replay buffer from other processes: images a second that an inserter and a sampler move at the same time, against the same calls to a grain that does
/// nothing; and what one caller gets of 64 random images a call, against MGET of Redis. And the memory of a full buffer.
/// </summary>
internal static class ReplayCommand
{
    private const int CallsInFlight = 4;
    private const int MiB = 1 << 20;

    public static int Run(string[] arguments)
    {
        var options = BenchOptions.Read(arguments, new BenchOptions { Pairs = 7, Seconds = 3 });
        Series[] memory =
        [
            new("heap of a full buffer over its budget of 64 MiB", "×", [RingMemory.OverBudget(64L * MiB)]),
            new("heap of a full buffer over its budget of 256 MiB", "×", [RingMemory.OverBudget(256L * MiB)]),
        ];
        var alone = Enumerable.Range(0, options.Pairs + 1).Select(static _ => RingTime.Measure()).Skip(1).ToList();
        Series[] series =
        [
            .. Calls(options),
            new("a draw of 64 images by itself, without a call", "µs", [.. alone.Select(static times => times.Draw)]),
            new("a push of 64 images by itself, without a call", "µs", [.. alone.Select(static times => times.Push)]),
            .. memory,
        ];
        var setting = string.Create(CultureInfo.InvariantCulture,
            $"images of {ReplayWork.ItemBytes} bytes, {ReplayWork.Images} a call, {ReplayWork.Stored} stored; silo, inserter, sampler and Redis are processes of this machine; {options.Pairs} turns of {options.Seconds} s");
        new BenchReport("replay", setting, Machine.Describe(options), series, ["ratios are taken turn by turn"]).Print(options.Json);
        return 0;
    }

    private static IReadOnlyList<Series> Calls(BenchOptions options)
    {
        using var folder = new ScratchFolder();
        var (siloPort, gatewayPort, redisPort) = (LoopbackPorts.Free(), LoopbackPorts.Free(), LoopbackPorts.Free());
        using var redis = LineProcess.Start("redis-server", ["--port", $"{redisPort}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder.Path], "Ready to accept connections");
        using var silo = LineProcess.Host("replay-silo", $"{siloPort}", $"{gatewayPort}");
        using var inserter = LineProcess.Host("replay-client", $"{gatewayPort}", $"127.0.0.1:{redisPort}");
        using var sampler = LineProcess.Host("replay-client", $"{gatewayPort}", $"127.0.0.1:{redisPort}");
        _ = Ask(inserter, "fill");
        var turn = options.Seconds;
        List<double>[] extra = [[], [], [], [], []];
        var values = Interleaved.Run(
            [
                () => Both("real", extra[0], extra[1]),
                () => Both("null", [], []),
                () => Alone(silo, extra[2], $"sample real {turn} 1"),
                () => Alone(silo, extra[3], $"sample null {turn} 1"),
                () => Alone(redis, extra[4], $"mget {turn}"),
            ],
            options.Pairs);
        return Named(values, extra);

        double Alone(LineProcess server, List<double> work, string what)
        {
            var before = server.ProcessorSeconds;
            var rate = Ask(sampler, what);
            work.Add((server.ProcessorSeconds - before) * 1e6 / (rate * turn / ReplayWork.Images));
            return rate;
        }

        double Both(string kind, List<double> inserts, List<double> samples)
        {
            inserter.Say($"insert {kind} {turn} {CallsInFlight}");
            sampler.Say($"sample {kind} {turn} {CallsInFlight}");
            inserts.Add(inserter.Answer());
            samples.Add(sampler.Answer());
            return inserts[^1] + samples[^1];
        }
    }

    private static IReadOnlyList<Series> Named(double[][] values, List<double>[] extra)
    {
        Series real = new("inserter and sampler, the buffer", "images/s", values[0]);
        Series raw = new("inserter and sampler, a grain that does nothing", "images/s", values[1]);
        Series one = new("one sampler with one call at a time, the buffer", "images/s", values[2]);
        Series oneRaw = new("one sampler with one call at a time, a grain that does nothing", "images/s", values[3]);
        Series other = new("one caller, MGET of Redis", "images/s", values[4]);
        return
        [
            real, new("  of these inserted", "images/s", extra[0]), new("  of these sampled", "images/s", extra[1]), raw, real.Over(raw, "the buffer over a grain that does nothing"),
            one, oneRaw, other, one.Over(other, "the buffer over Redis"),
            new("  processor time of the silo a call, the buffer", "µs", extra[2]),
            new("  processor time of the silo a call, a grain that does nothing", "µs", extra[3]),
            new("  processor time of Redis a call", "µs", extra[4]),
        ];
    }

    private static double Ask(LineProcess client, string work)
    {
        client.Say(work);
        return client.Answer();
    }
}
