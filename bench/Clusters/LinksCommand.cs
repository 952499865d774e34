using System.Globalization;
using DistGan.Bench.Measuring;
using DistGan.Recipes;

namespace DistGan.Bench.Clusters;

/// <summary>
/// What the links of a replica cost beside its training: trainers that compute nothing, with steps of a fixed time, in a worker and a silo of their own; processor
/// time of both processes with reports alone, with replay as well, and with all numbers of G merged as well, each in turns with no job at all; a replica, in hundredths of a core.
/// </summary>
internal static class LinksCommand
{
    private const int Replicas = 2;
    private const double StepMilliseconds = 80;
    private const int RoundSteps = 50;
    private const int Images = 3200;
    private const int Parameters = 1_000_000;
    private const double Aim = 3;

    private static readonly (string Name, NullSettings Trainer)[] Links =
    [
        ("reports", Trainer(0, 0)),
        ("reports and replay", Trainer(0, Images)),
        ("reports, replay and merging", Trainer(Parameters, Images)),
    ];

    public static int Run(string[] arguments)
    {
        var options = BenchOptions.Read(arguments, new BenchOptions { Pairs = 5, Steps = 20 });
        var series = RunAsync(options).GetAwaiter().GetResult();
        var setting = string.Create(CultureInfo.InvariantCulture,
            $"{Replicas} replicas that compute nothing, steps of {StepMilliseconds:0} ms, rounds of {RoundSteps}; a round: {Images} images of 784 bytes each way, {Parameters:N0} numbers of float32 each way; {options.Pairs} times {options.Steps} s");
        new BenchReport("links", setting, Machine.Describe(options), series, ["processor time of worker and silo together, less that of both without a job just afterwards, over the time and the replicas"]).Print(options.Json);
        var worst = series.Where(static one => one.Name.EndsWith("a replica", StringComparison.Ordinal)).Max(static one => one.Median);
        Console.Error.WriteLine(worst <= Aim ? $"no more than {Aim:0} % of a core for a replica" : $"MORE than {Aim:0} % of a core for a replica");
        return worst <= Aim ? 0 : 1;
    }

    private static NullSettings Trainer(int parameters, int images) => new(TimeSpan.FromMilliseconds(StepMilliseconds), parameters, images);

    private static async Task<IReadOnlyList<Series>> RunAsync(BenchOptions options)
    {
        var (idle, links) = (new List<double>(), new List<Series>());
        foreach (var (name, trainer) in Links)
        {
            var turns = await MeasureAsync(trainer, options);
            idle.AddRange(turns.Select(static turn => turn.Idle));
            links.Add(new($"{name}, a replica", "% of a core", [.. turns.Select(static turn => (turn.Busy - turn.Idle) / Replicas)]));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{links[^1].Name}: {links[^1].Median:F2} % of a core"));
        }

        return [new("worker and silo without a job", "% of a core", idle), .. links];
    }

    /// <summary>A job, then none, and again: both processes are equally warm and equally large for either.</summary>
    private static async Task<IReadOnlyList<(double Busy, double Idle)>> MeasureAsync(NullSettings trainer, BenchOptions options)
    {
        using var rig = new Rig();
        var worker = rig.StartWorker(trainer, Replicas);
        await using var connection = await rig.ConnectAsync();
        var values = new List<(double, double)>();
        for (var turn = 0; turn <= options.Pairs; turn++)
        {
            var job = await Rig.SubmitAsync(connection.Jobs, Recipe($"links-{turn}"));
            await Rig.ReachAsync(connection.Jobs, job, 3 * RoundSteps);
            var busy = await LoadAsync();
            await connection.Jobs.StopNowAsync(job, CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(5));
            values.Add((busy, await LoadAsync()));
        }

        return [.. values.Skip(1)]; // the first turn is that of the compiler

        async Task<double> LoadAsync()
        {
            var before = rig.Silo.ProcessorSeconds + worker.ProcessorSeconds;
            await Task.Delay(TimeSpan.FromSeconds(options.Steps));
            return (rig.Silo.ProcessorSeconds + worker.ProcessorSeconds - before) * 100 / options.Steps;
        }
    }

    private static Recipe Recipe(string name) => new()
    {
        Name = name,
        Threads = 1,
        Topology = new() { Kind = TopologyRecipe.Averaging, Replicas = Replicas, RoundSteps = RoundSteps },
        Techniques = new() { ExperienceReplay = new() { BudgetBytes = 32 << 20 } },
        Budget = new() { Steps = 1_000_000 },
        Evaluation = null,
        Samples = new() { EverySteps = 1_000_000 },
        Snapshots = new() { EverySteps = 1_000_000 },
    };
}
