using DistGan.Bench.Measuring;
using DistGan.Client.Runs;
using DistGan.Recipes;
using TorchSharp;

namespace DistGan.Bench.Jobs;

/// <summary>
/// Steps a second of the core alone against the whole job through coordinator, trainer, replay and parameter grains: same recipe,
/// same techniques, no evaluation, pictures or snapshots while it is measured.
/// </summary>
internal static class JobCommand
{
    public static int Run(string[] arguments)
    {
        var options = BenchOptions.Read(arguments, new BenchOptions { Steps = 300 });
        var recipe = RecipeFreezer.Freeze(Create(options), "cpu");
        torch.set_num_threads(options.Threads);
        if (options.Steps < 2 * recipe.Topology.RoundSteps)
        {
            throw new DistGanException($"--steps is {options.Steps}, but the first {recipe.Topology.RoundSteps} steps warm up: give at least {2 * recipe.Topology.RoundSteps}.");
        }

        var same = true;
        var core = new CoreRun(recipe).Run();
        var values = Interleaved.Run(
            [
                () => Mark.Rate(new CoreRun(recipe).Run()),
                () =>
                {
                    var marks = new JobRun(recipe).Run();
                    same &= marks.Select(static mark => mark.Loss).SequenceEqual(core.Select(static mark => mark.Loss));
                    return Mark.Rate(marks);
                },
            ],
            options.Pairs);

        Series alone = new("core alone", "steps/s", values[0]);
        Series job = new("whole job through the grains", "steps/s", values[1]);
        var setting = $"preset fashion with historical averaging, {recipe.Precision}, batch {recipe.Batch}, rounds of {recipe.Topology.RoundSteps} steps, {options.Pairs} pairs of {options.Steps} steps each, interleaved, the first round of each not counted";
        var note = same
            ? "identical training: core and job report the same losses to the last bit in every round"
            : "DIFFERENT training: a job reported other losses than the core; an answer came later than topology.patience-seconds allows, so mind the load of the machine";
        new BenchReport("job", setting, Machine.Describe(options), [alone, job, job.Over(alone, "job over core")], [note]).Print(options.Json);
        return 0;
    }

    private static Recipe Create(BenchOptions options)
    {
        var fashion = Presets.Get("fashion").Make();
        return fashion with
        {
            Name = "bench",
            Seed = options.Seed,
            Threads = options.Threads,
            Techniques = fashion.Techniques with { HistoricalAveraging = new() },
            Budget = new() { Steps = options.Steps },
            Evaluation = null,
            Samples = fashion.Samples with { EverySteps = long.MaxValue },
            Snapshots = fashion.Snapshots with { EverySteps = long.MaxValue },
        };
    }
}
