using System.Diagnostics;
using System.Globalization;
using DistGan.Bench.Measuring;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.Bench.Clusters;

/// <summary>
/// Kills a worker of a job at random moments, again and again: how long its replica takes to train elsewhere, and how fast the others train
/// meanwhile. Trainers compute nothing and have steps of a fixed time, so that a replica that waits for another is seen at once.
/// </summary>
internal static class ChaosCommand
{
    private const int Replicas = 3;
    private const double StepMilliseconds = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static int Run(string[] arguments)
    {
        var options = BenchOptions.Read(arguments, new BenchOptions { Pairs = 5 });
        var (moved, rates) = RunAsync(options).GetAwaiter().GetResult();
        var setting = string.Create(CultureInfo.InvariantCulture, $"{Replicas} replicas on {Replicas + 1} workers, steps of {StepMilliseconds:0} ms, rounds of 10, snapshots every 50 steps; {options.Pairs} kills (SIGKILL) of a worker that trains");
        new BenchReport("chaos", setting, Machine.Describe(options), [moved, rates], ["others: steps of each other replica between the kill and the return, over what its step time allows"]).Print(options.Json);
        var holds = moved.Most <= 45 && rates.Least >= 0.9;
        Console.Error.WriteLine(holds ? "every replica returned within 45 s, and no other fell below 90 % of its rate" : "NOT within 45 s, or another replica fell below 90 % of its rate");
        return holds ? 0 : 1;
    }

    private static async Task<(Series Moved, Series Rates)> RunAsync(BenchOptions options)
    {
        using var rig = new Rig();
        var trainer = new NullSettings(TimeSpan.FromMilliseconds(StepMilliseconds), 1000, 16);
        for (var worker = 0; worker <= Replicas; worker++)
        {
            rig.StartWorker(trainer, 1);
        }

        await using var connection = await rig.ConnectAsync();
        var job = await Rig.SubmitAsync(connection.Jobs, Recipe());
        var (moved, rates) = (new List<double>(), new List<double>());
        for (var kill = 0; kill < options.Pairs; kill++)
        {
            var (seconds, others) = await KillAsync(rig, connection.Jobs, job, new Random(unchecked((int)options.Seed * 7919) + kill));
            moved.Add(seconds);
            rates.AddRange(others);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kill {kill + 1} of {options.Pairs}: back after {seconds:F1} s, others at {others.Min():P0} of their rate at least"));
            rig.StartWorker(trainer, 1);
        }

        return (new("from the kill to training elsewhere", "s", moved), new("rate of the others meanwhile", "×", rates));
    }

    private static async Task<(double Seconds, IReadOnlyList<double> Others)> KillAsync(Rig rig, IJobControl jobs, JobId job, Random random)
    {
        await UntilAsync(jobs, job, static summary => summary.Replicas.All(static replica => replica is { Waiting: false, Step: > 100 }));
        await Task.Delay(TimeSpan.FromSeconds(3 + (random.NextDouble() * 10)));
        var sequence = await SequenceAsync(jobs, job);
        var busy = rig.Workers.Where(static worker => !worker.HasExited && Trains(worker)).ToList();
        var before = await jobs.DescribeAsync(job, CancellationToken.None);
        var start = Stopwatch.GetTimestamp();
        busy[random.Next(busy.Count)].Kill();
        var lost = await FindAsync(jobs, job, sequence, EventKinds.ReplicaLost, null, Limit)
            ?? throw new DistGanException($"Nobody was missed {Limit.TotalSeconds:0} s after a worker was killed.");
        _ = await FindAsync(jobs, job, lost.Sequence, EventKinds.Resumed, lost.Replica, Limit)
            ?? throw new DistGanException($"Replica {lost.Replica} was not back {Limit.TotalSeconds:0} s after it was lost.");
        var elapsed = Stopwatch.GetElapsedTime(start);
        var after = await jobs.DescribeAsync(job, CancellationToken.None);
        var possible = elapsed.TotalMilliseconds / StepMilliseconds;
        var others = after.Replicas.Where(replica => replica.Replica != lost.Replica)
            .Select(replica => (replica.Step - before.Replicas.Single(old => old.Replica == replica.Replica).Step) / possible)
            .ToList();
        return (elapsed.TotalSeconds, others);
    }

    private static bool Trains(HostProcess worker)
        => worker.Log.Split("trains on slot").Length > worker.Log.Split("The thread of replica").Length;

    private static async Task UntilAsync(IJobControl jobs, JobId job, Func<JobSummary, bool> holds)
    {
        var since = Stopwatch.GetTimestamp();
        while (!holds(await jobs.DescribeAsync(job, CancellationToken.None)))
        {
            if (Stopwatch.GetElapsedTime(since) > Limit)
            {
                throw new DistGanException($"The replicas of '{job}' did not all train within {Limit.TotalSeconds:0} s.");
            }

            await Task.Delay(500);
        }
    }

    private static async Task<long> SequenceAsync(IJobControl jobs, JobId job)
    {
        var cursor = default(JobCursor);
        while ((await jobs.WatchAsync(job, cursor, CancellationToken.None)) is { Events.Count: > 0 } progress && progress.Cursor.Sequence > cursor.Sequence)
        {
            cursor = progress.Cursor;
            if (progress.Events.Count < ICoordinatorGrain.EventsInAnswer)
            {
                break;
            }
        }

        return cursor.Sequence;
    }

    /// <summary>The first event of a kind after another; null where none came in time.</summary>
    private static async Task<JobEvent?> FindAsync(IJobControl jobs, JobId job, long after, string kind, int? replica, TimeSpan limit)
    {
        var (cursor, since) = (new JobCursor(after, long.MaxValue), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(since) < limit)
        {
            var progress = await jobs.WatchAsync(job, cursor, CancellationToken.None);
            if (progress.Events.FirstOrDefault(entry => entry.Kind == kind && (replica is null || entry.Replica == replica)) is { } found)
            {
                return found;
            }

            cursor = progress.Cursor with { Report = long.MaxValue };
        }

        return null;
    }

    private static Recipe Recipe() => new()
    {
        Name = "chaos",
        Threads = 1,
        Topology = new() { Replicas = Replicas, RoundSteps = 10 },
        Techniques = new() { ExperienceReplay = new() { BudgetBytes = 1 << 20 } },
        Budget = new() { Steps = 10_000_000 },
        Evaluation = null,
        Samples = new() { EverySteps = 10_000_000 },
        Snapshots = new() { EverySteps = 50 },
    };
}
