using System.Globalization;
using DistGan.Bench.Measuring;
using DistGan.Recipes;

namespace DistGan.Bench.Clusters;

/// <summary>
/// What many replicas cost the control plane: jobs of 16, 64 and 256 replicas whose trainers compute nothing and send true vectors of a million
/// numbers and true images through true grains, once a round of fixed length. Processor seconds of the silo a round, and the turns of the coordinator.
/// </summary>
internal static class SwarmCommand
{
    private const int Parameters = 1_000_000;
    private const int Images = 64;
    private const int RoundSteps = 10;
    private static readonly int[] Sizes = [16, 64, 256];

    public static int Run(string[] arguments)
    {
        var options = BenchOptions.Read(arguments, new BenchOptions { Pairs = 3, Steps = 60 });
        var series = RunAsync(options).GetAwaiter().GetResult();
        var setting = string.Create(CultureInfo.InvariantCulture,
            $"replicas that compute nothing, rounds of {options.Steps} s, each sends {Parameters:N0} numbers as float32 and {Images} images of 784 bytes a round and takes as much; merge mean; {options.Pairs} rounds measured after one");
        new BenchReport("swarm", setting, Machine.Describe(options), series, ["turns are those of reports and questions of ownership in the coordinator; all processes are on this machine"]).Print(options.Json);
        return 0;
    }

    private static async Task<IReadOnlyList<Series>> RunAsync(BenchOptions options)
    {
        var series = new List<Series>();
        foreach (var size in Sizes)
        {
            series.AddRange(await MeasureAsync(size, options));
        }

        return series;
    }

    private static async Task<IReadOnlyList<Series>> MeasureAsync(int replicas, BenchOptions options)
    {
        using var rig = new Rig();
        var round = TimeSpan.FromSeconds(options.Steps);
        var worker = rig.StartWorker(new NullSettings(round / RoundSteps, Parameters, Images), replicas);
        await using var connection = await rig.ConnectAsync();
        var job = await Rig.SubmitAsync(connection.Jobs, RecipeOf(replicas));
        await Rig.ReachAsync(connection.Jobs, job, 2 * RoundSteps);
        rig.Silo.Ask(HostCommand.TurnsLine);
        var (silo, hosts) = (new List<double>(), new List<double>());
        for (var count = 0; count < options.Pairs; count++)
        {
            var before = (Silo: rig.Silo.ProcessorSeconds, Worker: worker.ProcessorSeconds);
            await Task.Delay(round);
            silo.Add(rig.Silo.ProcessorSeconds - before.Silo);
            hosts.Add(worker.ProcessorSeconds - before.Worker);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{replicas} replicas, round {count + 1} of {options.Pairs}: silo {silo[^1]:F1} s, worker {hosts[^1]:F1} s"));
        }

        var turns = rig.Silo.Ask(HostCommand.TurnsLine).Split(' ').Skip(1).Select(static text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var name = $"{replicas} replicas";
        return
        [
            new($"{name}: silo, a round and replica", "ms", [.. silo.Select(seconds => seconds * 1000 / replicas)]),
            new($"{name}: worker, a round and replica", "ms", [.. hosts.Select(seconds => seconds * 1000 / replicas)]),
            new($"{name}: turn of the coordinator, median", "ms", [turns[1]]),
            new($"{name}: turn, 99 of 100 below", "ms", [turns[2]]),
            new($"{name}: longest of {turns[0]:0} turns", "ms", [turns[3]]),
        ];
    }

    private static Recipe RecipeOf(int replicas) => new()
    {
        Name = "swarm",
        Threads = 1,
        Topology = new() { Kind = TopologyRecipe.Averaging, Replicas = replicas, RoundSteps = RoundSteps, DeadlineSeconds = 20, PatienceSeconds = 30 },
        Techniques = new() { ExperienceReplay = new() { BudgetBytes = 64 << 20 } },
        Budget = new() { Steps = 1_000_000 },
        Evaluation = null,
        Samples = new() { EverySteps = 1_000_000 },
        Snapshots = new() { EverySteps = 1_000_000 },
    };
}
